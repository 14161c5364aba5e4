import { isDay } from '../calendar.ts';
import { foldName } from '../workbook/cell.ts';
import type { Field } from './fields.ts';
import type { CellValue } from './model.ts';
import { numbersIn, readNumber, standsIn, statesDay, statesNumber } from './stands.ts';

/** What a value may rest on. */
export interface Evidence {
  /** The quotes that stand in the document, put together. */
  readonly quoted: string;
  readonly document: string;
  /** Folded names of the rate cards of the proposal and the workbook. */
  readonly cards: ReadonlySet<string>;
}

export interface Checked {
  readonly value: CellValue;
  /** Why it was left empty; empty when all is well. */
  readonly problem: string;
}

/** Takes over what the model said where the quoted sentences bear it out, and leaves the cell empty where not. */
export function checkField({ kind }: Field, said: string, evidence: Evidence): Checked {
  if (said === '') return { value: '', problem: '' };
  switch (kind.kind) {
    case 'choice': {
      const word = kind.among.find((one) => foldName(one) === foldName(said));
      return word === undefined ? left(said, 'it is none of the words allowed') : taken(word);
    }
    case 'words':
      return unstated(said, evidence.document) === null
        ? taken(said)
        : left(said, `the document does not state ${unstated(said, evidence.document)}`);
    case 'copied':
      return standsIn(said, evidence.quoted) ? taken(said) : left(said, NOT_QUOTED);
    case 'day':
      if (!isDay(said)) return left(said, 'it is no day like 2026-10-31');
      return statesDay(evidence.quoted, said) ? taken(said) : left(said, NOT_QUOTED);
    case 'number or card':
      if (evidence.cards.has(foldName(said))) return taken(said);
      return checkNumber(said, evidence);
    case 'number':
      return checkNumber(said, evidence);
  }
}

const NOT_QUOTED = 'it does not stand in a quoted sentence';

function checkNumber(said: string, { quoted }: Evidence): Checked {
  const value = readNumber(said);
  if (value === null) return left(said, 'it is no number');
  // "At cost" states a markup of nothing.
  if (value === 0 && /\bat cost\b/i.test(quoted)) return taken(0);
  return statesNumber(quoted, value) ? taken(value) : left(said, NOT_QUOTED);
}

/** A number in the model's words that the document never states; null where there is none. */
function unstated(said: string, document: string): number | null {
  const known = numbersIn(document);
  const strange = [...said.matchAll(/\d+(?:[.,]\d+)*/g)].flatMap(([token]) => [...numbersIn(token)]);
  return strange.find((number) => !known.has(number)) ?? null;
}

function taken(value: CellValue): Checked {
  return { value, problem: '' };
}

function left(said: string, why: string): Checked {
  const shown = said.length > 60 ? `${said.slice(0, 60)}…` : said;
  return { value: '', problem: `The model said "${shown}", but ${why}.` };
}
