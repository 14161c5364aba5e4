import { foldName } from './cell.ts';
import type { RowOf } from './define.ts';
import type { clients, rates, sowLines, sows } from './tables/terms.ts';
import type { expenses, timeEntries } from './tables/work.ts';

/** The rows whose names refer to each other. */
export interface NamedTables {
  readonly clients: readonly RowOf<typeof clients>[];
  readonly sows: readonly RowOf<typeof sows>[];
  readonly sowLines: readonly RowOf<typeof sowLines>[];
  readonly rates: readonly RowOf<typeof rates>[];
  readonly timeEntries: readonly RowOf<typeof timeEntries>[];
  readonly expenses: readonly RowOf<typeof expenses>[];
}

/**
 * Spells every reference as the row that it refers to spells its name, so that what follows may compare names exactly. (In the
 * workbook names compare without case and outer blanks.) The client of entries and expenses is spelled as the tab Clients does.
 */
export function withCanonicalNames(tables: NamedTables): NamedTables {
  const client = speller(tables.clients.map((row) => row.client));
  const sow = speller(tables.sows.map((row) => row.sow));
  const line = speller(tables.sowLines.map((row) => row.line));
  const card = speller(tables.rates.map((row) => row.rateCard));
  return {
    clients: tables.clients,
    sows: tables.sows.map((row) => ({ ...row, client: client(row.client) })),
    sowLines: tables.sowLines.map((row) => ({
      ...row,
      sow: sow(row.sow),
      retainer: line(row.retainer),
      rate: typeof row.rate === 'string' ? card(row.rate) : row.rate,
    })),
    rates: tables.rates.map((row) => ({ ...row, rateCard: card(row.rateCard) })),
    timeEntries: tables.timeEntries.map((row) => ({ ...row, client: client(row.client), sowLine: line(row.sowLine) })),
    expenses: tables.expenses.map((row) => ({ ...row, client: client(row.client), sowLine: line(row.sowLine) })),
  };
}

function speller(names: readonly string[]): (name: string) => string {
  const spelled = new Map<string, string>();
  for (const name of names) if (!spelled.has(foldName(name))) spelled.set(foldName(name), name);
  return (name) => spelled.get(foldName(name)) ?? name;
}
