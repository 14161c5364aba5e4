import * as numfmt from 'numfmt';
import type { Scalar } from './book.ts';

const dateFormats = new Map<string, boolean>();

/** Whether numbers in this format show as dates or times. */
export function isDateFormat(format: string | undefined): boolean {
  if (format === undefined) return false;
  const known = dateFormats.get(format);
  if (known !== undefined) return known;
  // A duration ([h]:mm) is a number of days for getValues as well; Google gives a Date for it too.
  const answer = numfmt.isDateFormat(format);
  dateFormats.set(format, answer);
  return answer;
}

/** The text that a cell shows. */
export function displayText(value: Scalar, format: string | undefined): string {
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  if (typeof value === 'string') return value;
  if (format === undefined || format === '@') return numfmt.format('General', value);
  try {
    return numfmt.format(format, value);
  } catch {
    return String(value);
  }
}
