import { foldName } from '../workbook/cell.ts';
import { isInstructionLike } from './instruction-like.ts';
import type { MatchItem } from './model.ts';
import { isVague, normalNote } from './notes.ts';
import type { LineTable, PastDecision, Question } from './prompt.ts';
import { tellingWords } from './words.ts';

/** A row that a person has decided, to learn from. */
export interface Lesson {
  readonly item: MatchItem;
  /** Key of the line; empty: excluded. */
  readonly line: string;
  /** The person decided otherwise than the first model. Looked at only where the row is like enough. */
  corrected(): boolean;
}

/** Finds the past decisions that are most like the rows of a request. */
export type FindExamples = (table: LineTable, questions: readonly Question[]) => readonly PastDecision[];

/** Examples in one request. */
export const MOST_EXAMPLES = 20;
/** Part of the likeness that project and task make; the note makes the rest. Measured on labelled months: 0.2 and 0.5 find less. */
const PLACE = 0.35;

/**
 * Prepares decisions for looking up. Like are notes that share words which are rare among the client's decisions (tf-idf and cosine),
 * the more so within the same project and task; where no word is shared, project and task alone tell. Of the same note on the same line one is enough. Where people corrected the model
 * comes first, then what is most like.
 */
export function examplesFrom(lessons: readonly Lesson[]): FindExamples {
  const byClient = new Map<string, Client>();
  for (const lesson of lessons) {
    const { item } = lesson;
    if (item.key.includes('#') || isVague(item.notes) || isInstructionLike(item.notes)) continue;
    const key = clientKey(item);
    const client = byClient.get(key) ?? { known: [], seen: new Set<string>(), holders: new Map<string, number[]>() };
    byClient.set(key, client);
    const same = JSON.stringify([foldName(item.project), normalNote(item.notes), lesson.line]);
    if (client.seen.has(same)) continue;
    client.seen.add(same);
    const words = tellingWords(item.notes);
    for (const word of words) push(client.holders, word, client.known.length);
    client.known.push({ lesson, words, place: placeOf(item) });
  }
  return (table, questions) => {
    const [first] = questions;
    const client = first === undefined ? undefined : byClient.get(clientKey(first.item));
    if (client === undefined) return [];
    const keys = new Set(questions.map(({ item }) => item.key));
    const lines = new Set(table.lines.map(({ line }) => line));
    return [...likenessTo(client, questions)]
      .filter(([at]) => fits(client.known[at], keys, lines))
      .sort((a, b) => b[1] - a[1] || a[0] - b[0])
      .slice(0, 2 * MOST_EXAMPLES)
      .map(([at, like]) => ({ at, like, corrected: client.known[at]?.lesson.corrected() === true }))
      .sort((a, b) => Number(b.corrected) - Number(a.corrected) || b.like - a.like || a.at - b.at)
      .slice(0, MOST_EXAMPLES)
      .flatMap(({ at }) => asExample(client.known[at]));
  };
}

interface Client {
  readonly known: Known[];
  readonly seen: Set<string>;
  /** Which of `known` hold a word. */
  readonly holders: Map<string, number[]>;
}

interface Known {
  readonly lesson: Lesson;
  readonly words: ReadonlySet<string>;
  readonly place: Place;
}

/** Where work was booked, as it is compared. */
interface Place {
  readonly project: string;
  readonly task: string;
}

/** How like each decision is to the question that it is most like. */
function likenessTo(client: Client, questions: readonly Question[]): ReadonlyMap<number, number> {
  const rarity = (word: string): number => Math.log(1 + client.known.length / (client.holders.get(word)?.length ?? 1));
  const length = (words: ReadonlySet<string>): number =>
    Math.sqrt([...words].reduce((sum, word) => sum + rarity(word) ** 2, 0));
  const lengths = new Map<number, number>();
  const best = new Map<number, number>();
  const places = new Map<string, Place>();
  for (const { item } of questions) {
    const words = tellingWords(item.notes);
    const place = placeOf(item);
    places.set(JSON.stringify(place), place);
    const own = length(words);
    const shared = new Map<number, number>();
    for (const word of words) {
      for (const at of client.holders.get(word) ?? []) shared.set(at, (shared.get(at) ?? 0) + rarity(word) ** 2);
    }
    for (const [at, product] of shared) {
      const known = client.known[at];
      if (known === undefined) continue;
      const other = lengths.get(at) ?? length(known.words);
      lengths.set(at, other);
      const like = (1 - PLACE) * (product / (own * other)) + PLACE * samePlace(place, known.place);
      if (like > (best.get(at) ?? 0)) best.set(at, like);
    }
  }
  for (const [at, known] of client.known.entries()) {
    for (const place of places.values()) {
      const like = PLACE * samePlace(place, known.place);
      if (like > (best.get(at) ?? 0)) best.set(at, like);
    }
  }
  return best;
}

function samePlace(a: Place, b: Place): number {
  return (a.project === b.project ? 0.5 : 0) + (a.task === b.task ? 0.5 : 0);
}

function placeOf({ project, task }: MatchItem): Place {
  return { project: foldName(project), task: foldName(task) };
}

/** Not one of the rows that are asked about, and on a line that can be chosen (or on none). */
function fits(known: Known | undefined, keys: ReadonlySet<string>, lines: ReadonlySet<string>): boolean {
  if (known === undefined || keys.has(known.lesson.item.key)) return false;
  return known.lesson.line === '' || lines.has(known.lesson.line);
}

function asExample(known: Known | undefined): readonly PastDecision[] {
  if (known === undefined) return [];
  const { item, line } = known.lesson;
  return [{ project: item.project, task: item.task, note: item.notes, line }];
}

function clientKey(item: Pick<MatchItem, 'table' | 'client'>): string {
  return JSON.stringify([item.table, foldName(item.client)]);
}

function push(lists: Map<string, number[]>, key: string, value: number): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
