import type { HoldDecision } from '../../lib/calls.ts';
import type { DecisionRow } from '../../lib/invoices/tables.ts';
import { foldName } from '../../lib/workbook/cell.ts';
import { decisions, keyOf } from '../../lib/workbook/tables.ts';
import { approveInvoices, unapproveInvoices } from '../drafting/approve.ts';
import { loadTables } from '../drafting/load.ts';
import { requireNotSent } from '../drafting/push/half-pushed.ts';
import { undoPush } from '../drafting/push/undo.ts';
import { planFor, redraft } from '../drafting/redraft.ts';
import { invoicesView } from '../drafting/view.ts';
import type { CallContext, Handlers } from './handler.ts';
import { requirePushRight } from './push-rights.ts';
import { refreshed } from './refreshed.ts';

/** The calls about invoices: look, decide what is held, approve and take back, work out anew. */
export const invoiceCalls: Handlers<'invoices' | 'decideHold' | 'approve' | 'unapprove' | 'undoPush' | 'updateDrafts'> =
  {
    invoices: (ctx) => viewOf(ctx),

    decideHold: (ctx, { invoice, decision }) => {
      const { client, before } = holdOf(ctx, invoice, decision);
      ctx.log({
        what: before.length === 0 ? 'Decided what was held' : 'Decided anew what was held',
        where: invoice,
        before: before.map((one) => one.decision).join(', '),
        after: decision,
      });
      ctx.tell();
      ctx.workbook.remove(decisions, new Set(before.map((one) => keyOf(decisions, one))));
      ctx.workbook.insert(decisions, [{ invoice, decision, who: ctx.who, when: ctx.clock.now() }]);
      drafted(ctx, [client]);
      refreshed(ctx);
      return viewOf(ctx);
    },

    approve: (ctx, args) => {
      const { workbook, who, clock } = ctx;
      const tell = (approved: readonly string[]) => told(ctx, approved, 'Approved', 'draft', 'approved');
      const done = approveInvoices({ workbook, settings: ctx.settings(), who, now: clock.now(), tell }, args.invoices);
      if (args.invoices !== 'all' && done.refused.length > 0) {
        const others = done.approved.length === 0 ? '' : ` Approved: ${done.approved.join(', ')}.`;
        throw new Error(`${done.refused.map(({ reason }) => reason).join(' ')}${others}`);
      }
      refreshed(ctx);
      return viewOf(ctx);
    },

    unapprove: (ctx, args) => {
      const { workbook } = ctx;
      const settings = ctx.settings();
      const tell = (names: readonly string[]) => told(ctx, names, 'Approval taken back', 'approved', 'draft');
      const given = unapproveInvoices({ workbook, settings, tell }, args.invoices, (row, record) => {
        requirePushRight(settings.whoMayPush, ctx.who);
        const half = { api: () => ctx.clients.quickbooks(), pushAs: settings.pushAs, nowMs: ctx.clock.now() };
        requireNotSent({ ...half, job: ctx.job() }, row, record);
      });
      drafted(ctx, given.clients);
      refreshed(ctx);
      return viewOf(ctx);
    },

    undoPush: (ctx, { invoice }) => {
      const { workbook } = ctx;
      const settings = ctx.settings();
      requirePushRight(settings.whoMayPush, ctx.who);
      const tell = (where: string, number: string) => {
        const after = `draft; ${number === '' ? 'the invoice' : number} is no longer in QuickBooks`;
        ctx.log({ what: 'Push undone', where, before: 'pushed', after });
        ctx.tell();
      };
      const { client } = undoPush({ workbook, settings, api: () => ctx.clients.quickbooks(), tell }, invoice);
      drafted(ctx, [client]);
      refreshed(ctx);
      return viewOf(ctx);
    },

    updateDrafts: (ctx) => {
      const changes = drafted(ctx);
      refreshed(ctx);
      return { changes };
    },
  };

function told(ctx: CallContext, names: readonly string[], what: string, before: string, after: string): void {
  for (const where of names) ctx.log({ what, where, before, after });
  ctx.tell();
}

function viewOf(ctx: CallContext) {
  return invoicesView(ctx.workbook, () => ctx.settings());
}

/** Drafts anew; wrong terms are told as one sentence each. */
function drafted(ctx: CallContext, clients?: readonly string[]) {
  const { changes, problems } = redraft({ workbook: ctx.workbook, settings: ctx.settings() }, clients);
  if (problems.length > 0) throw new Error([...new Set(problems)].join('\n'));
  return changes;
}

/**
 * The client of an invoice on which this may be decided, and earlier decisions that it takes the place of: what is open now is decided
 * in addition, what was decided before may be decided otherwise until the invoice is approved. Throws the sentence that says why not.
 */
function holdOf(
  ctx: CallContext,
  invoice: string,
  decision: HoldDecision,
): { readonly client: string; readonly before: readonly DecisionRow[] } {
  const settings = ctx.settings();
  const tables = loadTables(ctx.workbook, settings);
  const isThis = (name: string) => foldName(name) === foldName(invoice);
  const row = tables.invoices.find((one) => isThis(one.invoice));
  if (row === undefined) throw new Error(`There is no invoice named ${invoice}.`);
  if (row.status !== 'held' && row.status !== 'draft') {
    throw new Error(`${row.invoice} is ${row.status}, so there is nothing to decide.`);
  }
  const holdsWith = (made: readonly DecisionRow[]) =>
    planFor({ workbook: ctx.workbook, settings }, { ...tables, decisions: made }, [row.client])
      .flatMap((plan) => plan.drafts)
      .find((draft) => isThis(draft.name))?.holds ?? [];
  const open = holdsWith(tables.decisions);
  if (open.some((hold) => hold.decisions.includes(decision))) return { client: row.client, before: [] };
  const before = tables.decisions.filter((one) => isThis(one.invoice));
  const undecided = holdsWith(tables.decisions.filter((one) => !isThis(one.invoice)));
  if (before.length > 0 && undecided.some((hold) => hold.decisions.includes(decision))) {
    return { client: row.client, before };
  }
  const allowed = [...new Set(open.flatMap((hold) => hold.decisions))];
  if (allowed.length > 0) {
    throw new Error(`${row.invoice} can be decided by ${allowed.join(' or ')}, not by ${decision}.`);
  }
  throw new Error(
    open.length === 0
      ? `${row.invoice} is not held, so there is nothing to decide.`
      : `${row.invoice} waits for something else: ${open.map((hold) => hold.text).join(' ')}`,
  );
}
