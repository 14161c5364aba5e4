import { foldName } from '../workbook/cell.ts';
import type { MatchItem, MatchLine, MatchSow } from './model.ts';

/** SOWs and their lines by client, made once for a whole run. */
export interface SowBook {
  readonly byClient: ReadonlyMap<string, readonly ListedSow[]>;
}

interface ListedSow {
  readonly sow: MatchSow;
  /** Folded names of its projects; empty: all projects. */
  readonly projects: ReadonlySet<string>;
  readonly lines: readonly MatchLine[];
}

export interface Candidates {
  /** In the order of the tabs. */
  readonly lines: readonly MatchLine[];
  /** False: the project is in none of the client's SOWs, and the lines are those of all of them. */
  readonly projectInSow: boolean;
}

/**
 * The SOW lines that an entry may belong to: lines active on its date of the SOWs of its client whose Projects include its project
 * by name or code. A project that is in none of them: the lines of all the client's SOWs. Time goes on lines of every billing kind
 * but `expense`, expenses only on those.
 */
export function findCandidates(item: MatchItem, book: SowBook): Candidates {
  const sows = book.byClient.get(foldName(item.client)) ?? [];
  const ofProject = sows.filter((listed) => includesProject(listed, item));
  const projectInSow = ofProject.length > 0;
  const lines = (projectInSow ? ofProject : sows).flatMap((listed) =>
    listed.sow.active && isActiveOn(item.date, listed.sow)
      ? listed.lines.filter((line) => takes(line, item) && isActiveOn(item.date, line))
      : [],
  );
  return { lines, projectInSow };
}

/** Puts SOWs and lines together. Lines of a SOW that does not exist are left out; the check of the settings names them. */
export function sowBook(sows: readonly MatchSow[], lines: readonly MatchLine[]): SowBook {
  const linesOf = new Map<string, MatchLine[]>();
  for (const line of lines) push(linesOf, foldName(line.sow), line);
  const byClient = new Map<string, ListedSow[]>();
  for (const sow of sows) {
    const listed = { sow, projects: projectNames(sow.projects), lines: linesOf.get(foldName(sow.sow)) ?? [] };
    push(byClient, foldName(sow.client), listed);
  }
  return { byClient };
}

/** `from` and `to` are both counted; empty is open. */
function isActiveOn(day: string, span: { readonly starts: string; readonly ends: string }): boolean {
  return (span.starts === '' || span.starts <= day) && (span.ends === '' || day <= span.ends);
}

function takes(line: MatchLine, item: MatchItem): boolean {
  return (line.billing === 'expense') === (item.table === 'expense');
}

function includesProject(listed: ListedSow, item: MatchItem): boolean {
  if (listed.projects.size === 0) return true;
  return [item.project, item.projectCode].some((name) => name !== '' && listed.projects.has(foldName(name)));
}

/** Names between commas, and, as a name may hold a comma itself, every run of them. */
function projectNames(cell: string): ReadonlySet<string> {
  const pieces = cell.split(',');
  const names = new Set<string>();
  for (let from = 0; from < pieces.length; from++) {
    for (let to = from + 1; to <= pieces.length; to++) {
      const name = foldName(pieces.slice(from, to).join(','));
      if (name !== '') names.add(name);
    }
  }
  return names;
}

function push<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else list.push(item);
}
