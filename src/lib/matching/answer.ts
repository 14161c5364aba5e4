import type { MatchLine } from './model.ts';
import { entryRef, lineRefs, type Question } from './prompt.ts';

/** What a model said about one row, checked: the line is a key from the row's own candidates, or empty for none of them. */
export interface CheckedAnswer {
  readonly line: string;
  /** 0 to 1 */
  readonly confidence: number;
  readonly reason: string;
}

/**
 * Reads the answer to a request and believes nothing: each ref once, a line among that row's candidates or NONE, a confidence from
 * 0 to 1. What is not so is left out, and has to be asked again.
 * @returns per question its answer, or null where there is none to use
 */
export function readAnswer(
  text: string,
  lines: readonly MatchLine[],
  questions: readonly Question[],
): readonly (CheckedAnswer | null)[] {
  const keys = new Map([...lineRefs(lines)].map(([key, ref]) => [ref.toUpperCase(), key]));
  const given = new Map<string, unknown[]>();
  for (const raw of rawAnswers(text)) {
    const ref = raw.ref.trim().toUpperCase();
    given.set(ref, [...(given.get(ref) ?? []), raw]);
  }
  return questions.map((question, index) => {
    const all = (given.get(entryRef(index)) ?? []).map((raw) =>
      isRawAnswer(raw) ? checked(raw, keys, question) : null,
    );
    return all.reduce((one, other) => agreed(one, other), all[0] ?? null);
  });
}

/** Where a row was answered twice, the answer with the lower confidence; none where they contradict each other. */
function agreed(one: CheckedAnswer | null, other: CheckedAnswer | null): CheckedAnswer | null {
  if (one === null || other === null || one.line !== other.line) return null;
  return other.confidence < one.confidence ? other : one;
}

interface RawAnswer {
  readonly ref: string;
  readonly reason: string;
  readonly line: string;
  readonly confidence: number;
}

function checked(raw: RawAnswer, keys: ReadonlyMap<string, string>, question: Question): CheckedAnswer | null {
  if (!(raw.confidence >= 0 && raw.confidence <= 1)) return null;
  const said = raw.line.trim().toUpperCase();
  const line = said === 'NONE' ? '' : keys.get(said);
  if (line === undefined || (line !== '' && !question.candidates.includes(line))) return null;
  return { line, confidence: raw.confidence, reason: shortReason(raw.reason) };
}

/** The model's own words on one line, so that a cell and a list can show them. */
function shortReason(reason: string): string {
  const flat = [...reason.replace(/\s+/g, ' ').trim()];
  return flat.length <= REASON_LIMIT ? flat.join('') : `${flat.slice(0, REASON_LIMIT - 1).join('')}…`;
}

const REASON_LIMIT = 240;

/** Whatever says of which row it speaks; a broken answer beside a good one contradicts it. */
function rawAnswers(text: string): readonly { readonly ref: string }[] {
  const parsed = parse(text);
  const list = isRecord(parsed) ? parsed['answers'] : null;
  return Array.isArray(list) ? list.filter(hasRef) : [];
}

function hasRef(value: unknown): value is { readonly ref: string } {
  return isRecord(value) && typeof value['ref'] === 'string';
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isRawAnswer(value: unknown): value is RawAnswer {
  return (
    isRecord(value) &&
    typeof value['ref'] === 'string' &&
    typeof value['reason'] === 'string' &&
    typeof value['line'] === 'string' &&
    typeof value['confidence'] === 'number'
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
