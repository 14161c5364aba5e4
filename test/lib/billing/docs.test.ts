import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { LineTerms, RateRow, TimeEntry } from '../../../src/lib/billing/model.ts';
import { balanceRow, entry, expense, line, pool, rate, sow } from './make.ts';
import { draftsOf, type Ledger, openLedger, pushAll } from './month.ts';

type Row = Readonly<Record<string, unknown>>;

interface Run {
  readonly 'Time entries'?: readonly Row[];
  readonly 'SOW lines'?: readonly Row[];
  readonly 'Invoice lines': readonly string[];
  readonly 'How computed'?: Readonly<Record<string, string>>;
  readonly 'Balances after'?: readonly string[];
  readonly Warnings?: readonly string[];
}

interface Example extends Run {
  readonly Settings?: Row;
  readonly Clients?: Row;
  readonly SOWs?: Row;
  readonly Rates?: readonly Row[];
  readonly Balances?: readonly Row[];
  readonly Expenses?: readonly Row[];
  readonly Later?: readonly (Run & { readonly Period: string })[];
}

/** `Billed before hours` -> `billedBeforeHours`, `Markup %` -> `markupPercent`. */
function property(header: string): string {
  const words = header.replace('%', 'percent').replace('SOW', 'sow').split(' ');
  return words
    .map((word, index) => (index === 0 ? word.charAt(0).toLowerCase() : word.charAt(0).toUpperCase()) + word.slice(1))
    .join('');
}

function cells(row: Row | undefined): Record<string, unknown> {
  const entries = Object.entries(row ?? {}).map(([header, value]) => [
    property(header),
    header === 'Prorate' ? value === 'yes' : value,
  ]);
  return Object.fromEntries(entries);
}

const sowLine = (row: Row): LineTerms => line({ sow: 'ACME-1', ...cells(row) } as unknown as LineTerms);

function timeEntry(row: Row): TimeEntry {
  const { sowLine: on, hours, role, ...rest } = cells(row);
  return entry(String(on), Number(hours), { ...rest, roles: role === undefined ? [] : [String(role)] });
}

function open(example: Example): Ledger {
  return openLedger({
    settings: cells(example.Settings),
    client: cells(example.Clients),
    sows: [sow({ sow: 'ACME-1', ...cells(example.SOWs) })],
    lines: (example['SOW lines'] ?? []).map(sowLine),
    rates: (example.Rates ?? []).map((row) => rate(cells(row) as unknown as RateRow)),
    balances: (example.Balances ?? []).map((row) =>
      balanceRow(cells(row) as unknown as Parameters<typeof balanceRow>[0]),
    ),
    entries: (example['Time entries'] ?? []).map(timeEntry),
    expenses: (example.Expenses ?? []).map((row) => {
      const { sowLine: on, cost, ...rest } = cells(row);
      return expense(String(on), Number(cost), rest);
    }),
  });
}

function check(ledger: Ledger, run: Run): void {
  const drafts = draftsOf(ledger);
  const invoice = drafts.invoices[0];
  const lines = invoice?.lines ?? [];
  expect(drafts.problems).toEqual([]);
  expect(lines.map((one) => [one.sowLine, one.kind, one.quantity, one.unitPrice, one.amount].join(' | '))).toEqual(
    run['Invoice lines'],
  );
  for (const [key, words] of Object.entries(run['How computed'] ?? {})) {
    expect(lines.find((one) => `${one.sowLine} ${one.kind}` === key)?.howComputed).toBe(words);
  }
  const balances = (invoice?.balances ?? []).map((row) => `${row.line} | ${row.period} | ${pool(row)}`);
  expect(balances).toEqual(expect.arrayContaining([...(run['Balances after'] ?? [])]));
  if (run.Warnings !== undefined) expect(invoice?.warnings).toEqual(run.Warnings);
}

function later(ledger: Ledger, run: Run & { readonly Period: string }): Ledger {
  const { books } = pushAll(ledger);
  const sowLines = run['SOW lines']?.map(sowLine) ?? books.today.sowLines;
  return {
    books: {
      ...books,
      period: run.Period,
      today: { ...books.today, sowLines },
      entries: [...books.entries, ...(run['Time entries'] ?? []).map(timeEntry)],
    },
  };
}

const page = readFileSync(new URL('../../../docs/billing-rules.md', import.meta.url), 'utf8');
const examples = page.split(/^#+ /m).flatMap((section) => {
  const heading = section.split('\n', 1)[0] ?? '';
  return [...section.matchAll(/```json\n([\s\S]*?)```/g)].map((match, index) => ({
    title: `${heading}, example ${index + 1}`,
    example: JSON.parse(match[1] ?? '') as Example,
  }));
});

describe('the worked examples of docs/billing-rules.md', () => {
  test('are there', () => expect(examples.length).toBeGreaterThan(14));

  test.each(examples)('$title', ({ example }) => {
    let ledger = open(example);
    check(ledger, example);
    for (const run of example.Later ?? []) {
      ledger = later(ledger, run);
      check(ledger, run);
    }
  });
});
