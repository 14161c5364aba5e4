import { findCandidates, type SowBook } from '../matching/candidates.ts';
import { fingerprint } from '../matching/fingerprint.ts';
import type { MatchItem } from '../matching/model.ts';
import { foldName } from '../workbook/cell.ts';
import type { DateOrder } from './model.ts';
import { nearestWords } from './nearest.ts';
import { readDay, readHours, rowNumbers } from './read-cells.ts';

/** An entry of an earlier month whose line is known. */
export interface PastRow {
  readonly item: MatchItem;
  /** Key of the line as SOW lines has it; empty: not billed. */
  readonly line: string;
}

export interface History {
  readonly rows: readonly PastRow[];
  /** How many rows could not be used. */
  readonly skipped: number;
  /** A sentence for each sort of row that could not be used, with their numbers. */
  readonly problems: readonly string[];
}

/** What the rows are held against. */
export interface KnownNames {
  readonly clients: readonly string[];
  readonly lines: readonly { readonly line: string; readonly sow: string }[];
  readonly sows: readonly { readonly sow: string; readonly client: string; readonly projects: string }[];
  readonly book: SowBook;
  readonly today: string;
  readonly dates: DateOrder | undefined;
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
 * Reads a pasted table. The key of a row is made of what it says, so that the same rows pasted again are the same. A row that cannot be
 * read for sure is told with its number and left out; the others go on.
 * @returns rows with an answer; throws a sentence where a column is missing
 */
export function readHistory(cells: readonly (readonly string[])[], names: KnownNames): History {
  const [head = [], ...body] = cells;
  const at = locate(head);
  const missing = NEEDED.filter((name) => !at.has(name));
  if (missing.length > 0) {
    const headers = missing.map((name) => `"${HEADERS[name][0]}"`).join(', ');
    throw new Error(
      `The table has no column ${headers}. Its first row must hold the headers: Date, Person, Client, Project, Task, Notes, Hours, SOW line.`,
    );
  }
  const problemOf = checker(names);
  const counts = new Map<string, number>();
  const byProblem = new Map<string, number[]>();
  const rows = body.flatMap((row, index): PastRow[] => {
    const of = (name: Name): string => (row[at.get(name) ?? -1] ?? '').trim();
    if (row.every((cell) => cell.trim() === '')) return [];
    const date = readDay(of('date'), names.dates);
    const content = [date, of('person'), of('client'), of('project'), of('task'), of('notes'), of('hours')];
    const mark = fingerprint(JSON.stringify(content));
    const nth = (counts.get(mark) ?? 0) + 1;
    const item: MatchItem = {
      table: 'time',
      key: `${PAST}${mark}${nth === 1 ? '' : `-${nth}`}`,
      date: date ?? '',
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
    };
    const read = problemOf(item, { date: of('date'), hours: of('hours'), line: of('line') });
    if (typeof read === 'string') {
      byProblem.set(read, [...(byProblem.get(read) ?? []), index + 2]);
      return [];
    }
    counts.set(mark, nth);
    return [{ line: read.line, item }];
  });
  const problems = [...byProblem].map(
    ([problem, numbers]) => `Row${numbers.length === 1 ? '' : 's'} ${rowNumbers(numbers)}: ${problem}.`,
  );
  return { rows, skipped: [...byProblem.values()].reduce((sum, { length }) => sum + length, 0), problems };
}

type Said = Readonly<Record<'date' | 'hours' | 'line', string>>;

/** Says what is wrong with a row, or else which line it is of. */
function checker(names: KnownNames): (item: MatchItem, said: Said) => string | { readonly line: string } {
  const lines = new Map(names.lines.map((one) => [foldName(one.line), one]));
  const clientOf = new Map(names.sows.map(({ sow, client }) => [foldName(sow), client]));
  const clients = new Set(names.clients.map(foldName));
  return (item, said) => {
    const { client, date, project } = item;
    if (date === 'ambiguous')
      return `the date ${said.date} can be read two ways; write 2026-09-03, or choose above which of the two comes first`;
    if (date === '') return `"${said.date.slice(0, 40)}" is no date such as 2026-09-03`;
    if (date > names.today) return `the date ${date} lies in the future`;
    if (item.hours === null) return `"${said.hours.slice(0, 40)}" is no number of hours up to 24`;
    const isNone = NOT_BILLED.has(foldName(said.line));
    if (!clients.has(foldName(client))) {
      const nearest = nearestWords(client, names.clients);
      const why = isNone && nearest === '' ? 'no line to compare: ' : '';
      return `${why}"${client.slice(0, 60)}" is no client of the tab Clients${nearest}`;
    }
    if (said.line === '') return 'there is no SOW line; write "none" where it was not billed';
    const line = isNone ? null : lines.get(foldName(said.line));
    if (line === undefined) {
      const keys = names.lines.map((one) => one.line);
      return `"${said.line.slice(0, 60)}" is no line of the tab SOW lines${nearestWords(said.line, keys)}`;
    }
    const owner = line === null ? client : (clientOf.get(foldName(line.sow)) ?? client);
    if (foldName(owner) !== foldName(client)) return `${line?.line ?? ''} is a line of ${owner}, not of ${client}`;
    const possible = findCandidates(item, names.book);
    const own = names.sows.filter((one) => foldName(one.client) === foldName(client));
    if (project !== '' && own.length > 0 && !possible.projectInSow) {
      const projects = own.flatMap((one) => one.projects.split(',').map((name) => name.trim()));
      const nearest = nearestWords(project, projects);
      // Without one that is spelt like it, the SOW may list the project by its code, or not at all: its lines are compared all the same.
      if (nearest !== '') return `the project "${project.slice(0, 60)}" is in no SOW of ${client}${nearest}`;
    }
    if (possible.lines.length === 0) return noLine(client);
    return { line: line?.line ?? '' };
  };
}

/** Why nothing can be learnt from an entry: there is nothing that it could have been matched to. */
export function noLine(client: string): string {
  return `no line to compare: ${client} had no open SOW line on that day`;
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
