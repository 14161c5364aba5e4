import { baseKey, partOf } from '../pull/keys.ts';

/** A part of a split time entry. */
export interface EntryPart {
  /** `harvest:1001#1` */
  readonly key: string;
  /** Key of the SOW line. */
  readonly line: string;
  readonly hours: number;
}

export type Split =
  | { readonly ok: true; readonly parts: readonly EntryPart[] }
  | { readonly ok: false; readonly problem: string };

/**
 * Splits a time entry, or a part of one, into parts whose hours add up to its own, to four decimals. Parts of `harvest:1001` are
 * named `harvest:1001#1`, `#2` and so on; splitting a part gives the next numbers that were never used by the others.
 * @param siblings keys of all rows of the same entry
 */
export function splitEntry(
  row: { readonly key: string; readonly hours: number | null },
  parts: readonly { readonly line: string; readonly hours: number }[],
  siblings: readonly string[],
): Split {
  const whole = row.hours ?? 0;
  if (parts.length < 2) return problem('A split needs at least two parts.');
  if (whole === 0) return problem(`${row.key} has no hours to split.`);
  const sign = Math.sign(whole);
  if (parts.some((part) => Math.sign(tenThousandths(part.hours)) !== sign)) {
    return problem(`Each part of ${row.key} needs hours ${sign > 0 ? 'above' : 'below'} 0.`);
  }
  const sum = parts.reduce((total, part) => total + tenThousandths(part.hours), 0);
  if (sum !== tenThousandths(whole)) {
    return problem(
      `The parts of ${row.key} come to ${sum / 10_000} h, but the entry has ${whole} h. Make them add up.`,
    );
  }
  const base = baseKey(row.key);
  const first = Math.max(0, ...siblings.map(partOf)) + 1;
  return {
    ok: true,
    parts: parts.map(({ line, hours }, index) => ({
      key: `${base}#${first + index}`,
      line,
      hours: tenThousandths(hours) / 10_000,
    })),
  };
}

/** Hours of all parts together, exact to four decimals. */
export function hoursTogether(hours: readonly (number | null)[]): number {
  return hours.reduce<number>((total, one) => total + tenThousandths(one ?? 0), 0) / 10_000;
}

/** Hours as whole ten-thousandths: what counts of them. */
export function tenThousandths(hours: number): number {
  return Math.sign(hours) * Math.round(Math.abs(hours) * 10_000);
}

function problem(sentence: string): Split {
  return { ok: false, problem: sentence };
}
