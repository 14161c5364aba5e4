import * as z from 'zod/mini';
import { isMonth } from '../../lib/calendar.ts';
import type { ArgsOf, CallName } from '../../lib/calls.ts';

const nothing = z.strictObject({});
const filled = z.string().check(z.trim(), z.minLength(1), z.maxLength(2_000));
const service = z.enum(['harvest', 'claude', 'quickbooks']);
const row = { table: z.enum(['time', 'expense']), key: filled };
const decision = z.discriminatedUnion('action', [
  z.strictObject({ ...row, action: z.literal('accept') }),
  z.strictObject({ ...row, action: z.literal('line'), line: filled }),
  z.strictObject({ ...row, action: z.literal('exclude') }),
  z.strictObject({
    ...row,
    action: z.literal('split'),
    parts: z
      .array(z.strictObject({ line: filled, hours: z.number().check(z.gte(-1_000), z.lte(1_000)) }))
      .check(z.minLength(2), z.maxLength(50)),
  }),
  z.strictObject({ ...row, action: z.literal('changed'), answer: z.enum(['ignore', 'bill difference']) }),
  z.strictObject({
    ...row,
    action: z.literal('reopen'),
    before: z.exactOptional(
      z.strictObject({ line: z.string().check(z.maxLength(2_000)), flags: z.array(filled).check(z.maxLength(50)) }),
    ),
  }),
]);
/** Longer than a document may be: its length is refused with a sentence, not here. */
const documentText = z.string().check(z.maxLength(2_000_000));
/** About 21 MB of PDF; Claude takes 32 MB of request. */
const pdf = z.string().check(z.maxLength(28_000_000), z.regex(/^[A-Za-z0-9+/]+=*$/));
const cell = z.union([z.string().check(z.maxLength(5_000)), z.number()]);

const sowDocument = z.strictObject({ name: filled, text: documentText, fromPdf: z.boolean() });
const cells = z.record(z.string(), cell);
const fullCells = z.record(z.string(), z.union([z.string().check(z.maxLength(50_000)), z.number()]));

const confirmedRows = z
  .array(
    z.strictObject({
      tab: z.enum(['SOWs', 'SOW lines', 'Rates']),
      key: filled,
      cells,
      edited: z.exactOptional(cells),
      isNew: z.exactOptional(z.boolean()),
      byHand: z.exactOptional(z.boolean()),
    }),
  )
  .check(z.maxLength(500));

const invoiceNames = z.array(filled).check(z.maxLength(1_000));

/** What the sidebar may send, call by call. A page can send anything, so nothing else gets in. */
export const argumentSchemas: { readonly [N in CallName]: z.ZodMiniType<ArgsOf<N>> } = {
  status: nothing,
  setUp: nothing,
  connectHarvest: z.strictObject({ accountId: filled, token: filled }),
  connectClaude: z.strictObject({ key: filled }),
  startQuickBooks: z.strictObject({
    clientId: filled,
    clientSecret: filled,
    environment: z.enum(['sandbox', 'production']),
  }),
  testConnection: z.strictObject({ service }),
  disconnect: z.strictObject({ service }),
  startMonthEnd: z.strictObject({ period: z.exactOptional(z.string().check(z.refine(isMonth))) }),
  continueJob: nothing,
  cancelJob: nothing,
  review: nothing,
  decide: z.strictObject({ decisions: z.array(decision).check(z.maxLength(10_000)) }),
  invoices: nothing,
  decideHold: z.strictObject({ invoice: filled, decision: z.enum(['bill', 'absorb', 'raise cap']) }),
  approve: z.strictObject({ invoices: z.union([invoiceNames, z.literal('all')]) }),
  unapprove: z.strictObject({ invoices: invoiceNames }),
  undoPush: z.strictObject({ invoice: filled }),
  updateDrafts: nothing,
  push: nothing,
  sync: nothing,
  sowList: nothing,
  sowRead: z.strictObject({ name: filled, pdfBase64: pdf }),
  sowPropose: z.strictObject({ client: filled, sow: z.exactOptional(filled), document: sowDocument }),
  sowCheck: z.strictObject({ client: filled, sow: filled, rows: confirmedRows }),
  sowWrite: z.strictObject({
    client: filled,
    sow: filled,
    document: sowDocument,
    addText: z.boolean(),
    rows: confirmedRows,
    leftOut: z.exactOptional(z.array(filled).check(z.maxLength(500))),
  }),
  sowUndo: z.strictObject({
    sow: filled,
    rows: z
      .array(
        z.strictObject({
          tab: z.enum(['SOWs', 'SOW lines', 'Rates']),
          before: z.nullable(fullCells),
          after: fullCells,
        }),
      )
      .check(z.maxLength(502)),
    textBefore: documentText,
    textAfter: z.string(),
  }),
  learn: z.strictObject({ csv: documentText, dates: z.exactOptional(z.enum(['month first', 'day first'])) }),
  learnLeft: nothing,
  learnUse: nothing,
  learnDiscard: nothing,
  learnForget: nothing,
};
