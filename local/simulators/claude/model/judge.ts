import type { AskedEntry, OfferedLine, Prompt } from './read-prompt.ts';
import { alike, ideaOfWord, wordsOf } from './words.ts';

/** What the stand-in thinks of one entry. */
export interface Judgement {
  /** Ref of a line, or `NONE`. */
  readonly line: string;
  readonly confidence: number;
  readonly reason: string;
}

/** How well this model reads. The stronger one also takes in the SOW's text. */
export interface Skill {
  readonly readsSow: boolean;
}

/** A line as the model has taken it in: its stems with the weight of the place where each stands. */
interface KnownLine {
  readonly line: OfferedLine;
  readonly words: ReadonlyMap<string, number>;
  /** What has been looked up so far. */
  readonly matches: Map<string, number>;
  readonly initials: string;
  readonly sowWords: ReadonlySet<string>;
}

/** Lines that were read before, by what the request said about them; the chunks of one client read the same. */
export type Memory = Map<string, readonly KnownLine[]>;

/** Answers about entries of one request. */
export type Judge = (entry: AskedEntry) => Judgement;

/** Work that firms do not charge for. */
const overhead = new Set(
  wordsOf('timesheet invoice invoicing quote admin internal payroll holiday vacation recruiting hiring personal'),
);

/** Text that talks to the reader instead of telling what was done; it throws the model off a little. */
const instruction =
  /\b(ignore|instructions?|system prompt|classif(y|ied) (this|as)|you must|assistant|set confidence|answer with)\b/i;

/**
 * Reads the lines once and judges entries by the words they share. It knows no labels, and it is a weak reader: it misses rules that
 * are only in clauses, dates and sentences about what is excluded.
 */
export function createJudge(prompt: Prompt, skill: Skill, memory: Memory): Judge {
  const key = JSON.stringify([skill, prompt.lines, prompt.sows]);
  const known = memory.get(key) ?? prompt.lines.map((line) => learn(line, prompt, skill));
  if (memory.size > 200) memory.clear();
  memory.set(key, known);
  return (entry) => {
    const possible = entry.lines === null ? known : known.filter(({ line }) => entry.lines?.includes(line.ref));
    if (possible.length === 0) return { line: 'NONE', confidence: 0.9, reason: 'No line is possible for this entry' };
    return decide(entry, possible, prompt);
  };
}

function learn(line: OfferedLine, prompt: Prompt, skill: Skill): KnownLine {
  const words = new Map<string, number>();
  const add = (text: string, weight: number): void => {
    for (const word of wordsOf(text)) {
      words.set(word, Math.max(words.get(word) ?? 0, weight));
      const idea = ideaOfWord(word);
      if (idea !== undefined) words.set(idea, Math.max(words.get(idea) ?? 0, weight * 0.45));
    }
  };
  const sow = prompt.sows.find((candidate) => candidate.sow === line.sow);
  if (skill.readsSow && sow !== undefined) for (const passage of passagesOn(line, sow.text)) add(passage, 0.7);
  add(line.description, 0.85);
  add(line.title, 1);
  return {
    line,
    words,
    matches: new Map(),
    initials: line.title
      .split(/[^A-Za-z]+/)
      .map((word) => word.charAt(0).toLowerCase())
      .join(''),
    sowWords: new Set(wordsOf(`${sow?.title ?? ''} ${sow?.text.slice(0, 200) ?? ''}`)),
  };
}

/** Sentences of the SOW that name the line by its key or its title. */
function passagesOn(line: OfferedLine, text: string): readonly string[] {
  const title = line.title.toLowerCase();
  const paragraphs = text.split(/\n+/).filter((paragraph) => paragraph.includes(line.key));
  const sentences = text
    .split(/(?<=[.;])\s+/)
    .filter((sentence) => title.length > 4 && sentence.toLowerCase().includes(title));
  return [...paragraphs, ...sentences];
}

function decide(entry: AskedEntry, possible: readonly KnownLine[], prompt: Prompt): Judgement {
  const noteWords = [...new Set(wordsOf(entry.note))];
  const distracted = instruction.test(entry.note);
  const matches = noteWords.map((word) => {
    const per = possible.map((candidate) => matchIn(word, candidate));
    const holders = per.filter((match) => match > 0).length;
    const rarity = Math.log((possible.length + 1) / (holders + 0.5)) + 0.25;
    return { word, scores: per.map((match) => match * rarity) };
  });
  const scored = possible
    .map((candidate, place) => {
      let note = 0;
      let top: { word: string; score: number } | undefined;
      for (const { word, scores } of matches) {
        const score = scores[place] ?? 0;
        note += score;
        if (score > (top?.score ?? 0)) top = { word, score };
      }
      const score = note + hints(entry, candidate, noteWords) + lesson(noteWords, candidate.line.ref, prompt);
      return { candidate, score, word: top?.word };
    })
    .sort((a, b) => b.score - a.score);
  const charged = noteWords.filter((word) => overhead.has(word)).length;
  const none = (entry.isExpense ? -0.4 : 0.25) + charged * 1.6;
  const best = scored[0];
  if (best === undefined) return { line: 'NONE', confidence: 0.5, reason: 'No line to choose from' };
  const weights = [...scored.map(({ score }) => score), none].map((score) => Math.exp(score * 2.2));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const choosesNone = none > best.score;
  const share = Math.exp((choosesNone ? none : best.score) * 2.2) / total;
  const said = choosesNone ? share * 0.8 : share;
  const reason = choosesNone
    ? 'Nothing in the note fits a line'
    : best.word === undefined
      ? `Nearest by project and task: ${best.candidate.line.title}`
      : `"${best.word.replace(/^~\d+$/, 'the work')}" points to ${best.candidate.line.title}`;
  return {
    line: choosesNone ? 'NONE' : best.candidate.line.ref,
    confidence: Math.round(Math.min(0.98, Math.max(0.2, distracted ? said * 0.8 : said)) * 100) / 100,
    reason,
  };
}

/** How well a word fits the line; each word is looked up once. */
function matchIn(word: string, candidate: KnownLine): number {
  const known = candidate.matches.get(word);
  if (known !== undefined) return known;
  const match = bestMatch(word, candidate.words);
  candidate.matches.set(word, match);
  return match;
}

function bestMatch(word: string, words: ReadonlyMap<string, number>): number {
  const exact = words.get(word);
  if (exact !== undefined) return exact;
  const idea = ideaOfWord(word);
  let best = idea === undefined ? 0 : (words.get(idea) ?? 0);
  for (const [other, weight] of words) best = Math.max(best, alike(word, other) * weight);
  return best;
}

/** What project, task and ticket prefixes hint at; much less than the note. */
function hints(entry: AskedEntry, candidate: KnownLine, noteWords: readonly string[]): number {
  const project = wordsOf(entry.project);
  const inSow = project.filter((word) => candidate.sowWords.has(word)).length / Math.max(1, project.length);
  const inLine = project.filter((word) => candidate.words.has(word)).length / Math.max(1, project.length);
  const task = wordsOf(entry.task).some((word) => matchIn(word, candidate) > 0) ? 0.2 : 0;
  const initials = candidate.initials.length > 1 && noteWords.includes(candidate.initials) ? 1.5 : 0;
  return inSow * 0.5 + inLine * 0.2 + task + initials;
}

/** What the examples teach: how alike their notes are to this one. */
function lesson(noteWords: readonly string[], ref: string, prompt: Prompt): number {
  let most = 0;
  for (const example of prompt.examples) {
    if (example.line !== ref) continue;
    const words = new Set(wordsOf(example.note));
    const shared = noteWords.filter((word) => words.has(word)).length;
    most = Math.max(most, shared / Math.max(1, Math.max(words.size, noteWords.length)));
  }
  return most * 1.5;
}
