import { isDay } from '../calendar.ts';
import { fingerprint } from '../matching/fingerprint.ts';
import type { MatchItem } from '../matching/model.ts';
import { foldName } from '../workbook/cell.ts';

/** An entry of an earlier month whose line is known. */
export interface PastRow {
  readonly item: MatchItem;
  /** Key of the line as SOW lines has it; empty: not billed. */
  readonly line: string;
}

export interface History {
  readonly rows: readonly PastRow[];
  /** A sentence for each sort of row that could not be used. */
  readonly problems: readonly string[];
}

/** What the columns may be called, folded. */
const HEADERS = {
  date: ['date', 'spent date', 'day'],
  person: ['person', 'name', 'user', 'team member', 'employee'],
  role: ['role', 'roles'],
  client: ['client', 'customer'],
  project: ['project', 'project name'],
  projectCode: ['project code', 'code'],
  task: ['task', 'service'],
  notes: ['notes', 'note', 'description'],
  hours: ['hours', 'time', 'duration'],
  line: ['sow line', 'line', 'line item', 'billed on'],
} as const;

type Name = keyof typeof HEADERS;
const NEEDED: readonly Name[] = ['date', 'client', 'notes', 'line'];

/** The keys of learnt rows begin with this. */
export const PAST = 'past:';

/** Words for time that was not billed on any line. */
const NOT_BILLED: ReadonlySet<string> = new Set(['none', 'not billed', 'no line', '-']);

/**
 * Reads a pasted table. The key of a row is made of what it says, so that the same rows pasted again are the same.
 * @param lines keys of SOW lines
 * @returns rows with an answer; throws a sentence where a column is missing
 */
export function readHistory(cells: readonly (readonly string[])[], lines: readonly string[]): History {
  const [head = [], ...body] = cells;
  const at = locate(head);
  const missing = NEEDED.filter((name) => !at.has(name));
  if (missing.length > 0) {
    const names = missing.map((name) => `"${HEADERS[name][0]}"`).join(', ');
    throw new Error(
      `The table has no column ${names}. Its first row must hold the headers: Date, Person, Client, Project, Task, Notes, Hours, SOW line.`,
    );
  }
  const known = new Map(lines.map((line) => [foldName(line), line]));
  const counts = new Map<string, number>();
  const problems = collectProblems();
  const rows = body.flatMap((row, index): PastRow[] => {
    const of = (name: Name): string => (row[at.get(name) ?? -1] ?? '').trim();
    if (row.every((cell) => cell.trim() === '')) return [];
    const where = index + 2;
    const said = of('line');
    const date = readDay(of('date'));
    if (said === '') return problems.add('have no SOW line', where);
    if (date === null) return problems.add('have no date that can be read', where);
    const line = NOT_BILLED.has(foldName(said)) ? '' : known.get(foldName(said));
    if (line === undefined)
      return problems.add(`name "${said.slice(0, 40)}", which is no line of the tab SOW lines`, where);
    const content = [date, of('person'), of('client'), of('project'), of('task'), of('notes'), of('hours')];
    const mark = fingerprint(JSON.stringify(content));
    const nth = (counts.get(mark) ?? 0) + 1;
    counts.set(mark, nth);
    return [
      {
        line,
        item: {
          table: 'time',
          key: `${PAST}${mark}${nth === 1 ? '' : `-${nth}`}`,
          date,
          person: of('person'),
          role: of('role'),
          client: of('client'),
          project: of('project'),
          projectCode: of('projectCode'),
          task: of('task'),
          notes: of('notes'),
          hours: readHours(of('hours')),
          cost: null,
          billable: true,
        },
      },
    ];
  });
  return { rows, problems: problems.sentences() };
}

/** Which separator a pasted table uses: the one that its first row has most of. */
export function separatorOf(text: string): ',' | ';' | '\t' {
  const head = text.slice(0, text.search(/[\r\n]|$/));
  const count = (sign: string) => head.split(sign).length;
  if (count('\t') > 1) return '\t';
  return count(';') > count(',') ? ';' : ',';
}

function locate(head: readonly string[]): ReadonlyMap<Name, number> {
  const found = new Map<Name, number>();
  const names = Object.entries(HEADERS) as readonly [Name, readonly string[]][];
  for (const [name, words] of names) {
    const column = words.map((word) => head.findIndex((cell) => foldName(cell) === word)).find((index) => index >= 0);
    if (column !== undefined) found.set(name, column);
  }
  return found;
}

/** `2026-07-01`, `7/1/2026` (month first, as Harvest exports it in the United States) or `1.7.2026`. */
function readDay(text: string): string | null {
  if (isDay(text)) return text;
  const slashed = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text);
  const dotted = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(text);
  const [, first = '', second = '', year = ''] = slashed ?? dotted ?? [];
  const [month, day] = slashed === null ? [second, first] : [first, second];
  const read = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isDay(read) ? read : null;
}

/** `1.5`, `1,5` or `1:30`; 0 where it cannot be read. */
function readHours(text: string): number {
  const clock = /^(\d+):(\d{2})$/.exec(text);
  if (clock !== null) return Number(clock[1]) + Number(clock[2]) / 60;
  const hours = Number(text.replace(',', '.'));
  return Number.isFinite(hours) ? hours : 0;
}

/** Collects rows that could not be used, by reason. */
function collectProblems() {
  const byReason = new Map<string, number[]>();
  return {
    add(reason: string, row: number): PastRow[] {
      byReason.set(reason, [...(byReason.get(reason) ?? []), row]);
      return [];
    },
    sentences(): readonly string[] {
      return [...byReason].slice(0, 20).map(([reason, rows]) => {
        const shown = rows.slice(0, 5).join(', ');
        const more = rows.length > 5 ? ` and ${rows.length - 5} more` : '';
        return `Rows ${shown}${more} ${reason}; they were passed over.`;
      });
    },
  };
}
