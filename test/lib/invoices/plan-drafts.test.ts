import { describe, expect, it } from 'vitest';
import { approvable, approvedInvoice } from '../../../src/lib/invoices/approve.ts';
import { type ApprovedInvoice, freeze } from '../../../src/lib/invoices/approved.ts';
import { pushedRows } from '../../../src/lib/invoices/pushed-rows.ts';
import type { BillingTables } from '../../../src/lib/invoices/tables.ts';
import { voidedRows } from '../../../src/lib/invoices/voided-rows.ts';
import { answeredText } from '../../../src/lib/pull/answered.ts';
import { sourceFingerprint } from '../../../src/lib/pull/fingerprint.ts';
import { sourceText } from '../../../src/lib/pull/source.ts';
import { entryRecords, sowLines } from '../../../src/lib/workbook/tables.ts';
import { draftOf, entry, firm, plansOf, row, said, written } from './small-firm.ts';

const approval = { by: 'ana@x.example', at: 7 };
const NAME = '2026-10 Acme';

function drafted(tables: BillingTables, periods?: readonly string[]): BillingTables {
  return written(tables, plansOf(tables, periods));
}

/** Approves and, unless told otherwise, pushes the named invoice. */
function pushed(tables: BillingTables, name = NAME): { tables: BillingTables; record: ApprovedInvoice } {
  const draft = plansOf(tables)
    .flatMap((plan) => plan.drafts)
    .find((one) => one.name === name);
  if (draft === undefined) throw new Error(`no draft ${name}`);
  const record = approvedInvoice(draft, tables, approval);
  const rows = pushedRows([record], tables);
  const keys = new Set(rows.balances.map((one) => `${one.line} ${one.period}`));
  return {
    record,
    tables: {
      ...tables,
      frozen: [...tables.frozen, ...freeze(record)],
      timeEntries: tables.timeEntries.map((one) => ({ ...one, ...rows.time.get(one.key) })),
      records: [
        ...tables.records.map((one) => ({ ...one, ...rows.updateRecords.get(one.record) })),
        ...rows.insertRecords,
      ],
      balances: [...tables.balances.filter((one) => !keys.has(`${one.line} ${one.period}`)), ...rows.balances],
      invoices: tables.invoices.map((one) =>
        one.invoice === name ? { ...one, status: 'pushed' as const, pushedAt: 9 } : one,
      ),
    },
  };
}

describe('drafting', () => {
  it('shows hours, amount and the draft on the entry, and the invoice with its line', () => {
    const tables = drafted(firm());
    expect(tables.timeEntries).toMatchObject([{ billedHours: 3, coveredHours: 0, amount: 300, invoice: NAME }]);
    expect(tables.invoices).toMatchObject([{ invoice: NAME, hours: 3, fees: 300, total: 300, status: 'draft' }]);
    expect(tables.invoiceLines).toMatchObject([{ invoice: NAME, no: 1, kind: 'time', entries: 'harvest:1' }]);
  });

  it('changes nothing the second time', () => {
    const tables = drafted(firm());
    const again = plansOf(tables);
    expect(again.flatMap((plan) => [...plan.timeUpdates, ...plan.expenseUpdates])).toEqual([]);
    expect(written(tables, again)).toEqual(tables);
  });

  it('takes a draft away when nothing is left on it, and off its entry', () => {
    const tables = drafted(firm());
    const excluded = {
      ...tables,
      timeEntries: tables.timeEntries.map((one) => ({ ...one, status: 'excluded' as const })),
    };
    expect(drafted(excluded)).toMatchObject({ invoices: [], invoiceLines: [], timeEntries: [{ invoice: '' }] });
  });

  it('holds all invoices of a client while an entry waits, and says so', () => {
    const waiting = entry('harvest:2', { status: 'flagged', flags: 'low confidence' });
    const tables = drafted(firm({ timeEntries: [entry('harvest:1'), waiting] }));
    expect(tables.invoices).toMatchObject([{ status: 'held', total: 300 }]);
    expect(tables.invoices[0]?.message).not.toBe('');
  });

  it('flags an entry without a rate, and takes the flag off again when there is one', () => {
    const byEntry = [
      row(sowLines, { line: 'A/1', sow: 'A', title: 'Advice', billing: 'hourly', rate: '', overCap: 'hold' }),
    ];
    const none = firm({ sowLines: byEntry, timeEntries: [entry('harvest:1', { rateInSource: null })] });
    const flagged = drafted(none);
    expect(flagged.timeEntries).toMatchObject([{ status: 'flagged', flags: 'no rate' }]);
    const priced = { ...flagged, timeEntries: flagged.timeEntries.map((one) => ({ ...one, rateInSource: 50 })) };
    expect(drafted(priced).timeEntries).toMatchObject([{ status: 'approved', flags: '', amount: 150 }]);
  });

  it('says on the entries that their cap is nearly used', () => {
    const capped = [
      row(sowLines, {
        line: 'A/1',
        sow: 'A',
        title: 'Advice',
        billing: 'hourly',
        rate: 100,
        capAmount: 350,
        overCap: 'absorb',
      }),
    ];
    expect(drafted(firm({ sowLines: capped })).timeEntries).toMatchObject([
      { flags: 'near a cap', status: 'approved' },
    ]);
  });

  it('writes nothing for a client whose terms are wrong, and names everything that is', () => {
    const wrong = [
      row(sowLines, { line: 'A/1', sow: 'A', title: '', billing: 'hourly', rate: 'No such card', overCap: 'hold' }),
    ];
    const plans = plansOf(firm({ sowLines: wrong }));
    expect(plans.flatMap((plan) => plan.problems).join()).toContain('No such card');
    expect(written(firm({ sowLines: wrong }), plans)).toEqual(firm({ sowLines: wrong }));
  });
});

describe('approving', () => {
  it('freezes a draft that came out as it was shown', () => {
    const tables = drafted(firm());
    const { drafts, refused } = approvable([NAME], plansOf(tables), tables);
    expect([drafts.map((draft) => draft.name), refused]).toEqual([[NAME], []]);
  });

  it('refuses a draft that changed since it was shown, and says how', () => {
    const tables = drafted(firm());
    const dearer = { ...tables, timeEntries: [entry('harvest:1', {}, { hours: 4 })] };
    const { drafts, refused } = approvable([NAME], plansOf(dearer), dearer);
    expect(drafts).toEqual([]);
    expect(refused[0]?.reason).toContain('its total was 300 and is 400 now');
  });

  it('leaves the invoice and its entries alone from then on, whatever changes', () => {
    const tables = drafted(firm());
    const record = approvedInvoice(draftOf(tables), tables, approval);
    const approved: BillingTables = {
      ...tables,
      frozen: freeze(record),
      invoices: tables.invoices.map((one) => ({ ...one, status: 'approved' as const })),
      sowLines: [
        row(sowLines, { line: 'A/1', sow: 'A', title: 'Advice', billing: 'hourly', rate: 999, overCap: 'hold' }),
      ],
    };
    expect(drafted(approved)).toEqual(approved);
  });
});

describe('after the push', () => {
  it('an entry that changed is billed as a difference once a person said so, and only then', () => {
    const start = pushed(drafted(firm({ records: [recordOf(said())] }))).tables;
    const changed = said({ hours: 5 });
    const now: BillingTables = {
      ...start,
      timeEntries: start.timeEntries.map((one) => ({ ...one, hours: 5, flags: 'changed after invoicing' })),
      records: start.records.map((one) => ({ ...one, source: sourceText(changed) })),
    };
    expect(plansOf(now).flatMap((plan) => plan.drafts)).toEqual([]);
    const answered = {
      ...now,
      records: now.records.map((one) => ({
        ...one,
        answered: answeredText('bill difference', sourceFingerprint(changed)),
      })),
    };
    const draft = draftOf(answered);
    expect(draft).toMatchObject({ name: `${NAME} (2)`, total: '200.00' });
    const done = pushed(drafted(answered), `${NAME} (2)`).tables;
    expect(plansOf(done).flatMap((plan) => plan.drafts)).toEqual([]);
    expect(done.records[0]?.billedAs).toContain('"hours":5');
  });

  it('a voided invoice gives its entries back and is drafted anew in full under the next name', () => {
    const start = pushed(drafted(firm()));
    const rows = voidedRows(NAME, start.record, new Map(), start.tables);
    expect([...rows.time]).toEqual([['harvest:1', expect.objectContaining({ status: 'approved', invoice: '' })]]);
    const voided: BillingTables = {
      ...start.tables,
      timeEntries: start.tables.timeEntries.map((one) => ({ ...one, ...rows.time.get(one.key) })),
      balances: start.tables.balances.filter((one) => !rows.removeBalances.has(`${one.line} | ${one.period}`)),
      records: start.tables.records.map((one) => ({ ...one, ...rows.records.get(one.record) })),
      invoices: start.tables.invoices.map((one) => ({ ...one, status: 'voided' as const })),
      frozen: [],
    };
    expect(voided.balances).toEqual([]);
    expect(draftOf(voided)).toMatchObject({ name: `${NAME} (2)`, total: '300.00' });
  });
});

function recordOf(source: ReturnType<typeof said>) {
  return row(entryRecords, { record: 'time harvest:1', source: sourceText(source) });
}
