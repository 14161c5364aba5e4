import * as numfmt from 'numfmt';
import type { Scalar } from './book.ts';
import { serialOfDay } from './serial.ts';

/** What a typed text becomes. `format` is the number format that a cell without one takes on. */
export interface Typed {
  readonly value: Scalar;
  readonly formula: string;
  readonly format?: string;
}

const FORMATS: Readonly<Record<number, string>> = {
  3: '#,##0',
  4: '#,##0.00',
  5: '$#,##0',
  6: '$#,##0',
  7: '$#,##0.00',
  8: '$#,##0.00',
  9: '0%',
  10: '0.00%',
  11: '0.00E+00',
  12: '# ?/?',
  13: '# ??/??',
};

/**
 * A text as Sheets takes it when someone types it (or a script sets it): `=` and `+` start a formula, a leading apostrophe
 * means text, what looks like a truth value, number, date or time becomes one; in a cell of format `@` all stays text.
 */
export function parseTyped(text: string, format: string | undefined, year: number): Typed {
  if (text.startsWith("'")) return plain(text.slice(1));
  if (format === '@') return plain(text);
  if (text.startsWith('=') && text.length > 1) return { value: '', formula: text };
  const trimmed = text.trim();
  if (trimmed === '') return plain(text);
  if (/^true$/i.test(trimmed)) return plain(true);
  if (/^false$/i.test(trimmed)) return plain(false);
  // Longer texts are never numbers or dates; this spares the parsers.
  if (trimmed.length > 40) return formulaOrText(text);
  return typedDate(trimmed, year) ?? typedNumber(trimmed) ?? formulaOrText(text);
}

function plain(value: Scalar): Typed {
  return { value, formula: '' };
}

function formulaOrText(text: string): Typed {
  return text.startsWith('+') && text.length > 1 ? { value: '', formula: `=${text}` } : plain(text);
}

function typedNumber(text: string): Typed | undefined {
  if (!/^[-+($.\d]/.test(text)) return undefined;
  const found = numfmt.parseNumber(text);
  if (!found || typeof found.value !== 'number') return undefined;
  const format = 'formatId' in found && typeof found.formatId === 'number' ? FORMATS[found.formatId] : undefined;
  return { value: found.value, formula: '', ...(format === undefined ? {} : { format }) };
}

function typedDate(text: string, year: number): Typed | undefined {
  const iso = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2}))?)?$/.exec(text);
  if (iso) return dated(iso.slice(1, 4), iso.slice(4), 'yyyy-mm-dd');
  const us = /^(\d{1,2})[-/](\d{1,2})[-/](\d{4}|\d{2})(?: (\d{1,2}):(\d{2})(?::(\d{2}))?)?$/.exec(text);
  if (us) return dated([fullYear(us[3]), us[1], us[2]], us.slice(4), 'm/d/yyyy');
  const month = /^(\d{4})[-/](\d{1,2})$/.exec(text);
  if (month) return dated([month[1], month[2], '1'], [], 'yyyy-mm');
  const usMonth = /^(\d{1,2})\/(\d{4})$/.exec(text);
  if (usMonth) return dated([usMonth[2], usMonth[1], '1'], [], 'm/yyyy');
  const short = /^(\d{1,2})[-/](\d{1,2})$/.exec(text);
  if (short) return dated([String(year), short[1], short[2]], [], 'm/d');
  if (/^\d{1,2}:\d{2}(:\d{2})?( ?[ap]m)?$/i.test(text)) {
    const time = numfmt.parseTime(text);
    return time && typeof time.value === 'number' ? { value: time.value, formula: '', format: 'h:mm' } : undefined;
  }
  return namedMonth(text, year);
}

function namedMonth(text: string, year: number): Typed | undefined {
  if (!/^(\d{1,2}[ -])?[a-z]{3,9}[ .,-]/i.test(text) && !/^\d{1,2}[ -][a-z]{3,9}$/i.test(text)) return undefined;
  const withYear = /\d{4}/.test(text) ? text : /^[a-z]/i.test(text) ? `${text}, ${year}` : `${text} ${year}`;
  const found = numfmt.parseDate(withYear);
  if (!found || typeof found.value !== 'number') return undefined;
  const monthOnly = /^[a-z]{3,9}[ -]\d{4}$/i.test(text);
  return { value: found.value, formula: '', format: monthOnly ? 'mmm yyyy' : 'mmm d, yyyy' };
}

function fullYear(text: string | undefined): string {
  return text?.length === 2 ? `20${text}` : (text ?? '');
}

function dated(
  day: readonly (string | undefined)[],
  time: readonly (string | undefined)[],
  format: string,
): Typed | undefined {
  const [year = 0, month = 0, date = 0] = day.map(Number);
  if (month < 1 || month > 12 || date < 1 || date > new Date(Date.UTC(year, month, 0)).getUTCDate()) return undefined;
  const serial = serialOfDay(year, month, date);
  if (time[0] === undefined) return { value: serial, formula: '', format };
  const [hour = 0, minute = 0, second = 0] = time.map((part) => Number(part ?? '0'));
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  return { value: serial + (hour * 3600 + minute * 60 + second) / 86_400, formula: '', format: `${format} h:mm:ss` };
}
