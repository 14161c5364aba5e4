/** Lays a result beside an expectation: the same shape from both, so that a test can compare them in one step. */
import Big from 'big.js';
import type { Result } from '../../../local/world/result.ts';
import type { Expectation, ExpectedCells } from './expectation.ts';
import { fieldAt, inQuickBooks, linesInQuickBooks } from './in-quickbooks.ts';

type Row = Readonly<Record<string, unknown>>;

/** Columns that name a row of a tab. */
const KEYS: Readonly<Record<string, readonly string[]>> = {
  'Time entries': ['Key'],
  Expenses: ['Key'],
  Invoices: ['Invoice'],
  'Invoice lines': ['Invoice', 'No'],
  Balances: ['Line', 'Period'],
  Settings: ['Setting'],
  'SOW lines': ['Line'],
  SOWs: ['SOW'],
};
const TAKEN = new Set(['pushed', 'paid']);

/** The expectation with nothing left out that the comparison looks at. */
export function expected(from: Expectation) {
  return {
    errors: (from.errors ?? []).map(({ step, holds }) => ({ step, holds })),
    invoices: from.invoices.map(({ cells: _cells, ...invoice }) => invoice),
    totalsAreSums: from.invoices.map(({ invoice, total }) => ({ invoice, total })),
    cells: from.invoices.map(({ invoice, cells }) => ({ invoice, ...cells })),
    taken: from.invoices
      .filter((invoice) => isTaken(invoice, from))
      .map(({ invoice, total, lines }) => ({ invoice, total, lines: linesInQuickBooks(lines) })),
    quickbooks: from.quickbooks ?? 'not asked',
    rows: from.rows ?? {},
    counts: from.counts ?? {},
    stopped: from.stopped ?? [],
  };
}

/** The result in the same shape; of texts with a list of words, those words that are (or are not) in it. */
export function found(result: Result, wanted: Expectation): ReturnType<typeof expected> {
  const rows = (tab: string): readonly Row[] => result.workbook[tab] ?? [];
  const invoices = rows('Invoices').map((row) => ({
    invoice: String(row['Invoice']),
    status: String(row['Status']),
    total: Number(row['Total']),
    lines: rows('Invoice lines')
      .filter((line) => line['Invoice'] === row['Invoice'])
      .sort((a, b) => Number(a['No']) - Number(b['No']))
      .map((line) => ({
        line: String(line['SOW line']),
        kind: String(line['Kind']),
        quantity: Number(line['Quantity']),
        unitPrice: Number(line['Unit price']),
        amount: Number(line['Amount']),
      })),
  }));
  const number = (name: string) => rows('Invoices').find((row) => row['Invoice'] === name)?.['QuickBooks number'];
  const stored = inQuickBooks(result.quickbooks.Invoice);
  return {
    errors: result.errors.map(({ step, message }, index) => ({
      step,
      holds: held(message, wanted.errors?.[index]?.holds) ?? [message],
    })),
    invoices,
    totalsAreSums: invoices.map(({ invoice, lines }) => ({
      invoice,
      total: lines.reduce((sum, line) => sum.plus(line.amount), Big(0)).toNumber(),
    })),
    cells: wanted.invoices.map(({ invoice, cells }) => ({
      invoice,
      ...cellsOf(rows('Invoices').find((row) => row['Invoice'] === invoice) ?? {}, cells ?? {}),
    })),
    taken: invoices
      .filter((invoice) => isTaken(invoice, wanted))
      .map(({ invoice }) => {
        const [one, ...more] = stored.filter((each) => each.number !== '' && each.number === number(invoice));
        if (one === undefined || more.length > 0) return { invoice, total: Number.NaN, lines: [] };
        return { invoice, total: one.total, lines: one.lines };
      }),
    quickbooks: wanted.quickbooks
      ? stored.map(({ invoice, total, lines, entity }, index) => {
          const fields = wanted.quickbooks?.[index]?.fields;
          const paths = Object.keys(fields ?? {});
          const at = Object.fromEntries(paths.map((path) => [path, fieldAt(entity, path)]));
          return { invoice, total, lines, ...(fields ? { fields: cellsOf(at, fields) } : {}) };
        })
      : 'not asked',
    rows: Object.fromEntries(
      Object.entries(wanted.rows ?? {}).map(([tab, list]) => [
        tab,
        list.map((cells) => {
          const keys = KEYS[tab] ?? [];
          const [row, ...more] = rows(tab).filter((each) => keys.every((key) => each[key] === cells[key]));
          return row && more.length === 0 ? cellsOf(row, cells) : { found: more.length === 0 ? 0 : more.length + 1 };
        }),
      ]),
    ),
    counts: Object.fromEntries(Object.keys(wanted.counts ?? {}).map((tab) => [tab, rows(tab).length])),
    stopped: (wanted.stopped ?? []).filter((step) =>
      result.runs.some((run) => run.step === step && run.executions > 1),
    ),
  };
}

/** QuickBooks must hold it as an invoice: it was pushed, and the expectation does not list QuickBooks without it. */
function isTaken({ invoice, status }: { invoice: string; status: string }, from: Expectation): boolean {
  return TAKEN.has(status) && (from.quickbooks?.some((listed) => listed.invoice === invoice) ?? true);
}

/** The cells of a row that are asked for, as they stand. */
function cellsOf(row: Row, wanted: ExpectedCells): ExpectedCells {
  return Object.fromEntries(
    Object.entries(wanted).map(([header, value]) => {
      const cell = row[header];
      if (Array.isArray(value)) return [header, held(String(cell), value) ?? [String(cell)]];
      return [header, typeof cell === 'number' || typeof cell === 'boolean' ? cell : String(cell)];
    }),
  );
}

/** The list itself where the text holds (and lacks) all that it says; undefined where it does not. */
function held(text: string, holds: readonly string[] | undefined): string[] | undefined {
  if (holds === undefined) return undefined;
  const fits = holds.every((part) => (part.startsWith('not:') ? !text.includes(part.slice(4)) : text.includes(part)));
  return fits ? [...holds] : undefined;
}
