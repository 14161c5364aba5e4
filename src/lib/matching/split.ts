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
 * @param taken keys of all time entries
 */
export function splitEntry(
  row: { readonly key: string; readonly hours: number | null },
  parts: readonly { readonly line: string; readonly hours: number }[],
  taken: readonly string[],
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
  const used = taken.map((key) => partNumber(key, base));
  const first = Math.max(0, ...used) + 1;
  return {
    ok: true,
    parts: parts.map(({ line, hours }, index) => ({
      key: `${base}#${first + index}`,
      line,
      hours: tenThousandths(hours) / 10_000,
    })),
  };
}

/** The key of the entry in the source: `harvest:1001` of `harvest:1001#2`. */
export function baseKey(key: string): string {
  return key.replace(/#\d+$/, '');
}

/** It is a part of a split entry. */
export function isPart(key: string): boolean {
  return /#\d+$/.test(key);
}

/** Hours of all parts together, exact to four decimals. */
export function hoursTogether(hours: readonly (number | null)[]): number {
  return hours.reduce<number>((total, one) => total + tenThousandths(one ?? 0), 0) / 10_000;
}

/**
 * Shares a number over parts in proportion to their hours, to four decimals, so that it adds up exactly: what is left of rounding
 * goes to the last part. For hours as the source rounds them.
 */
export function shareByHours(amount: number, hours: readonly number[]): readonly number[] {
  const whole = hoursTogether(hours);
  const shares = hours.map((one) => tenThousandths(whole === 0 ? 0 : (amount * one) / whole));
  const rest = tenThousandths(amount) - shares.reduce((total, share) => total + share, 0);
  return shares.map((share, index) => (index === shares.length - 1 ? share + rest : share) / 10_000);
}

function tenThousandths(hours: number): number {
  return Math.sign(hours) * Math.round(Math.abs(hours) * 10_000);
}

function partNumber(key: string, base: string): number {
  return key.startsWith(`${base}#`) ? Number(key.slice(base.length + 1)) || 0 : 0;
}

function problem(sentence: string): Split {
  return { ok: false, problem: sentence };
}
