import { dayBefore } from './dates.ts';
import { FIELDS, TABLES } from './fields.ts';
import type { CellValue, ProposedField, ProposedRow } from './model.ts';

/**
 * A change of price from a day on, as two rows: the old line ends the day before, and a new one with the new terms begins that day. Of a
 * rate card only the new row, since the card keeps both. Nothing is computed but the day.
 * @param key of the new row
 */
export function splitFromDay(row: ProposedRow, key: string): readonly ProposedRow[] {
  const day = row.splitFrom;
  const isRate = row.tab === 'Rates';
  const changed = row.fields.filter((field) => field.problem === '' && field.offered !== true);
  const cells: Record<string, CellValue> = { ...row.standing };
  for (const { property, value } of changed) cells[property] = value;
  for (const property of KEPT_BY_THE_OLD) delete cells[property];
  if (String(cells['ends'] ?? '') < day) delete cells['ends'];
  cells[isRate ? 'fromDate' : 'starts'] = day;
  const added: ProposedRow = {
    ...row,
    key,
    kind: 'new',
    standing: {},
    splitFrom: '',
    taken: '',
    doubtful: false,
    warnings: LIMITS.some((property) => property in cells)
      ? ['A cap, minimum or rollover stands on both lines now and counts for each by itself: look at both.']
      : [],
    notes: isRate ? [] : [`Its other terms are those of ${row.key}.`],
    fields: Object.entries(cells).map(([property, value]) => field(row, property, value, '')),
  };
  if (isRate) return [added];
  const ends = field(row, 'ends', dayBefore(day), row.standing['ends'] ?? '');
  const old = { ...row, fields: [ends], doubtful: false, warnings: [], notes: [`${key} takes its place from ${day}.`] };
  return [old, added];
}

/** What was billed or completed was so under the old line; the new one is open. */
const KEPT_BY_THE_OLD = ['starts', 'completedOn', 'billedBeforeHours', 'billedBeforeAmount'];
const LIMITS = ['capHours', 'capAmount', 'minimum', 'rolloverMonths', 'rolloverCap'];

function field({ tab }: ProposedRow, property: string, value: CellValue, before: CellValue): ProposedField {
  const header = FIELDS[tab].find((one) => one.property === property)?.header;
  return { property, header: header ?? TABLES[tab].columns[property]?.header ?? property, value, before, problem: '' };
}
