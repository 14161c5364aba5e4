/** What the form of a split says while it is being filled in, by the precision that the server has. */
import { tenThousandths } from '../lib/matching/split.ts';
import type { SplitPart } from './state.ts';

/** The parts with the hours that count: where nobody typed any, the last part takes what is left. */
export function filledParts(whole: number, parts: readonly SplitPart[]): readonly SplitPart[] {
  const last = parts.length - 1;
  return parts.map((part, at) => {
    if (at !== last || part.typed) return part;
    const left = tenThousandths(whole) - placed(parts.slice(0, last));
    return {
      ...part,
      hours: left * Math.sign(whole) > 0 && left !== tenThousandths(whole) ? String(left / 10_000) : '',
    };
  });
}

/** The parts as they are sent, or the sentence that says what is missing. */
export function checkedParts(
  whole: number,
  filled: readonly SplitPart[],
):
  | { readonly ok: true; readonly parts: readonly { readonly line: string; readonly hours: number }[] }
  | { readonly ok: false; readonly problem: string } {
  const left = (tenThousandths(whole) - placed(filled)) / 10_000;
  const sign = Math.sign(whole) || 1;
  const wrong = filled.findIndex(
    (part) => part.hours !== '' && Math.sign(tenThousandths(Number(part.hours) || 0)) !== sign,
  );
  if (wrong >= 0) {
    const side = sign > 0 ? 'above' : 'below';
    return problem(`Part ${wrong + 1} needs hours ${side} 0; four decimals count.`);
  }
  if (left * sign > 0) return problem(`${left} h still to place.`);
  if (left !== 0) return problem(`${Math.abs(left)} h too many.`);
  const empty = filled.findIndex((part) => part.hours === '');
  if (empty >= 0) return problem(`Part ${empty + 1} has no hours.`);
  const lineless = filled.findIndex((part) => part.line === '');
  if (lineless >= 0) return problem(`All hours are placed. Choose the line of part ${lineless + 1}.`);
  return {
    ok: true,
    parts: filled.map(({ line, hours }) => ({ line, hours: tenThousandths(Number(hours)) / 10_000 })),
  };
}

function placed(parts: readonly SplitPart[]): number {
  return parts.reduce((sum, part) => sum + tenThousandths(Number(part.hours) || 0), 0);
}

function problem(sentence: string) {
  return { ok: false, problem: sentence } as const;
}
