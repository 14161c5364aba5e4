/** What must come out the same however a month was disturbed. */
import type { Session } from '../world/session.ts';

type Row = Readonly<Record<string, unknown>>;

/** Tab or list to its rows, without moments, marks and what counts tries. */
export type Essence = Readonly<Record<string, readonly Row[]>>;

/** Columns that tell when, how often or at what cost. */
export const PASSED_OVER: Readonly<Record<string, readonly string[]>> = {
  'Time entries': ['Seen'],
  Expenses: ['Seen'],
  Invoices: ['Pushed at'],
  Decisions: ['When'],
  Activity: ['When'],
  Runs: [
    'Run',
    'Started',
    'Ended',
    'Message',
    'Executions',
    'Harvest requests',
    'Claude requests',
    'QuickBooks requests',
    'Input tokens',
    'Cached tokens',
    'Output tokens',
    'Cost USD',
  ],
};

/** Notes that count what one execution did: cut off and gone on with, the second counts what was left. Everything else in Activity must be there. */
const COUNTS = new Set(['Pulled from Harvest', 'Matched', 'Draft made']);

/** Where more may stand after a cut: what was done twice is told twice, a blocked run is told, one that was begun anew is another run. */
export const MAY_REPEAT = new Set(['Activity', 'Runs']);

/** The Dashboard ends with the list of runs, and begins with when it was worked out. */
export const DASHBOARD = 'Dashboard';

/** The workbook and the QuickBooks books of a session as they must come out. */
export function essenceOf(session: Session): Essence {
  const { workbook } = session.host;
  const tabs = workbook
    .sheets()
    .filter((sheet) => sheet.name !== DASHBOARD)
    .map((sheet): [string, readonly Row[]] => [sheet.name, rowsOf(sheet.name, workbook.rows(sheet.name))]);
  return {
    ...Object.fromEntries(tabs),
    [DASHBOARD]: dashboardOf(session),
    'in QuickBooks': session.quickbooks.invoices({ withDeleted: true }).map(bookedOf),
    'estimates in QuickBooks': session.quickbooks.estimates({ withDeleted: true }).map(bookedOf),
    'files in QuickBooks': session.quickbooks.files.map((file) => ({ file: file.bytes.toString('utf8') })),
  };
}

/** The first difference as a sentence, or null. */
export function differenceOf(wanted: Essence, found: Essence): string | null {
  for (const name of new Set([...Object.keys(wanted), ...Object.keys(found)])) {
    const before = wanted[name] ?? [];
    const after = MAY_REPEAT.has(name) ? foundOf(before, found[name] ?? []) : (found[name] ?? []);
    for (let row = 0; row < Math.max(before.length, after.length); row += 1) {
      const [one, other] = [JSON.stringify(before[row] ?? null), JSON.stringify(after[row] ?? null)];
      if (one !== other) return `${name}, row ${row + 1}: wanted ${one}, found ${other}`;
    }
  }
  return null;
}

/** Of a list that may tell more (a blocked run, a second try): what was wanted and is there. */
function foundOf(wanted: readonly Row[], found: readonly Row[]): readonly Row[] {
  const texts = new Set(found.map((row) => JSON.stringify(row)));
  return wanted.map((row) => (texts.has(JSON.stringify(row)) ? row : { missing: '' }));
}

function rowsOf(tab: string, rows: readonly Row[]): readonly Row[] {
  const without = new Set(PASSED_OVER[tab] ?? []);
  const plain = rows.map((row) =>
    Object.fromEntries(
      Object.entries(row)
        .filter(([header]) => !without.has(header))
        .map(([header, value]) => [header, timeless(value)]),
    ),
  );
  if (!MAY_REPEAT.has(tab)) return plain;
  const kept = plain.filter((row) => !COUNTS.has(String(row['What'])));
  return [...new Set(kept.map((row) => JSON.stringify(row)))].sort().map((text): Row => JSON.parse(text));
}

/** Frozen records hold when and with which mark they were approved. */
export function timeless(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  return value.replace(/"(mark)":"[^"]*"/g, '"$1":""').replace(/"(approvedAt)":\d+/g, '"$1":0');
}

function dashboardOf(session: Session): readonly Row[] {
  const { cells } = session.host.workbook.view(DASHBOARD);
  const lines = cells.map((row) => row.map((cell) => cell.text).join(' | '));
  const runs = lines.findIndex((line) => line.startsWith('Runs |'));
  const shown = runs < 0 ? lines : lines.slice(0, runs);
  // What the last run that asked the models cost depends on how often it was cut off.
  const costs = shown.findIndex((line) => line.startsWith('What the models cost |'));
  const after = shown.findIndex((line, index) => index > costs && /^[ |]*$/.test(line));
  const kept = costs < 0 ? shown : [...shown.slice(0, costs), ...shown.slice(after)];
  return kept.filter((line) => !line.startsWith('Worked out |')).map((line) => ({ line }));
}

function bookedOf(transaction: object): Row {
  const { MetaData: _, PrivateNote, ...rest } = transaction as Row;
  return { ...rest, PrivateNote: String(PrivateNote ?? '').replace(/(Time to Invoice) [0-9a-f]+/, '$1') };
}
