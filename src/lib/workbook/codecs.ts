import { type Cell, foldName, isBlank, sameName } from './cell.ts';
import type { Column, Decoded, Owner } from './column.ts';
import { dayOf, monthOf } from './days.ts';

/** What may be said about any column; the rest has defaults per kind. */
export interface ColumnOptions {
  /** What the column is for; becomes the note on the header. */
  readonly about: string;
  /** Default `machine`. */
  readonly owner?: Owner;
  readonly required?: boolean;
  readonly width?: number;
}

/** Text kept exactly as it is; too long text is cut with a visible mark. Numbers that people typed are taken as their text. */
export function text(header: string, options: ColumnOptions & { readonly tooLong?: 'refuse' }): Column<string> {
  return {
    ...common(header, options, 'text', options.width ?? 240),
    tooLong: options.tooLong ?? 'cut',
    decode: (cell) => decodeText(cell, options.required === true, (value) => value),
    encode: (value) => value,
  };
}

/** A name or key: outer blanks do not count. `from` gives a drop-down of the names in another tab. */
export function name(
  header: string,
  options: ColumnOptions & { readonly from?: { readonly tab: string; readonly header: string } },
): Column<string> {
  return {
    ...common(
      header,
      options,
      options.from === undefined ? 'name' : `name from the tab ${options.from.tab}`,
      options.width ?? 150,
    ),
    dropDown: options.from === undefined ? null : { from: 'tab', ...options.from },
    decode: (cell) => decodeText(cell, options.required === true, (value) => value.trim()),
    encode: (value) => value,
  };
}

/** A currency by its three letters, in capitals; empty where the cell is. */
export function currencyCode(header: string, options: ColumnOptions): Column<string> {
  const allowed = 'three letters such as USD, or empty';
  return {
    ...name(header, options),
    kind: 'three letters',
    decode: (cell) => {
      const letters = typeof cell === 'string' ? cell.trim().toUpperCase() : '';
      return isBlank(cell) || /^[A-Z]{3}$/.test(letters) ? ok(letters) : bad(allowed);
    },
  };
}

/** Limits of a number column. `percent`: over 0 and under 1 is refused, since 10 stands for ten per cent. */
export interface NumberOptions extends ColumnOptions {
  readonly min?: number;
  readonly max?: number;
  readonly whole?: boolean;
  readonly percent?: boolean;
}

/** A plain number; `null` is an empty cell. */
export function number(header: string, options: NumberOptions & { readonly format?: string }): Column<number | null> {
  const allowed = allowedNumber(options);
  return {
    ...common(header, options, allowed, options.width ?? 90),
    format: options.format ?? (options.whole === true ? '0' : '#,##0.####'),
    decode: (cell) => decodeNumber(cell, options, allowed),
    encode: (value) => value ?? '',
  };
}

/** Hours, up to four decimals; `null` is an empty cell. */
export function hours(header: string, options: NumberOptions): Column<number | null> {
  return number(header, { format: '#,##0.00##', ...options });
}

/** Money in the client's currency; `null` is an empty cell. */
export function money(header: string, options: NumberOptions): Column<number | null> {
  return number(header, { format: '#,##0.00', width: 100, ...options });
}

/** A number or a name in the same column (the rate of a line: an amount or the name of a rate card); `''` is an empty cell. */
export function numberOrName(
  header: string,
  options: ColumnOptions & { readonly nameOf: string },
): Column<number | string> {
  const allowed = `a number from 0 up, the name of a ${options.nameOf}, or empty`;
  return {
    ...common(header, options, allowed, options.width ?? 110),
    format: '#,##0.00##',
    decode: (cell) => {
      if (isBlank(cell)) return ok('');
      if (typeof cell === 'number') return cell >= 0 ? ok(cell) : bad(allowed);
      if (typeof cell !== 'string') return bad(allowed);
      return looksLikeNumber(cell)
        ? bad(`${allowed} (this number is text; type it again without an apostrophe)`)
        : ok(cell.trim());
    },
    encode: (value) => value,
  };
}

/** A calendar day `YYYY-MM-DD`; `''` is an empty cell. */
export function day(header: string, options: ColumnOptions): Column<string> {
  const allowed = 'a date';
  return {
    ...common(header, options, allowed, options.width ?? 95),
    format: 'yyyy-mm-dd',
    decode: (cell) => {
      if (isBlank(cell)) return options.required === true ? bad(allowed) : ok('');
      const found = dayOf(cell);
      return found === null ? bad(`${allowed} such as 2026-10-14`) : ok(found);
    },
    encode: (value) => (value === '' ? '' : { day: value }),
  };
}

/** A calendar month as text `YYYY-MM`; a date in that month is accepted; `''` is an empty cell. */
export function month(header: string, options: ColumnOptions): Column<string> {
  const allowed = 'a month such as 2026-10';
  return {
    ...common(header, options, allowed, options.width ?? 80),
    decode: (cell) => {
      if (isBlank(cell)) return options.required === true ? bad(allowed) : ok('');
      const found = monthOf(cell);
      return found === null ? bad(allowed) : ok(found);
    },
    encode: (value) => value,
  };
}

/** A date and time as milliseconds since 1970 (UTC); `null` is an empty cell. */
export function when(header: string, options: ColumnOptions): Column<number | null> {
  const allowed = 'a date and time';
  return {
    ...common(header, options, allowed, options.width ?? 145),
    format: 'yyyy-mm-dd hh:mm:ss',
    decode: (cell) => {
      if (isBlank(cell)) return options.required === true ? bad(allowed) : ok(null);
      return typeof cell === 'object' ? ok(cell.ms) : bad(allowed);
    },
    encode: (value) => (value === null ? '' : { ms: value }),
  };
}

/** One of a list of words, without regard to case and outer blanks. An empty cell gives `empty`. */
export function choice<const W extends string, const E extends W | ''>(
  header: string,
  words: readonly W[],
  options: ColumnOptions & { readonly empty: E },
): Column<W | E> {
  const { empty } = options;
  return oneOf<W | E>(header, words, `, or empty${empty === '' ? '' : ` (${empty})`}`, ok<W | E>(empty), options);
}

/** One of a list of words, as `choice`; an empty cell is a problem. */
export function requiredChoice<const W extends string>(
  header: string,
  words: readonly W[],
  options: ColumnOptions,
): Column<W> {
  return oneOf<W>(header, words, '', null, { ...options, required: true });
}

function oneOf<T extends string>(
  header: string,
  words: readonly T[],
  hint: string,
  empty: Decoded<T> | null,
  options: ColumnOptions,
): Column<T> {
  const allowed = `one of ${words.join(', ')}${hint}`;
  return {
    ...common(header, options, allowed, options.width ?? 120),
    dropDown: { from: 'words', words },
    decode: (cell) => {
      if (isBlank(cell)) return empty ?? bad(allowed);
      const found = typeof cell === 'string' ? words.find((word) => sameName(word, cell)) : undefined;
      return found === undefined ? bad(allowed) : ok(found);
    },
    encode: (value) => value,
  };
}

/** Yes or no; an empty cell gives `empty`. */
export function yesNo(header: string, options: ColumnOptions & { readonly empty: boolean }): Column<boolean> {
  const allowed = `yes, no, or empty (${options.empty ? 'yes' : 'no'})`;
  return {
    ...common(header, options, allowed, options.width ?? 80),
    dropDown: { from: 'words', words: ['yes', 'no'] },
    decode: (cell) => {
      if (isBlank(cell)) return ok(options.empty);
      if (typeof cell === 'boolean') return ok(cell);
      const word = typeof cell === 'string' ? foldName(cell) : '';
      if (word === 'yes' || word === 'true') return ok(true);
      return word === 'no' || word === 'false' ? ok(false) : bad(allowed);
    },
    encode: (value) => (value ? 'yes' : 'no'),
  };
}

function ok<T>(value: T): Decoded<T> {
  return { ok: true, value };
}

function bad(allowed: string): { readonly ok: false; readonly allowed: string } {
  return { ok: false, allowed };
}

function common(header: string, options: ColumnOptions, kind: string, width: number) {
  return {
    header,
    kind,
    about: options.about,
    owner: options.owner ?? ('machine' as const),
    required: options.required === true,
    format: '',
    width,
    dropDown: null,
    tooLong: 'refuse' as const,
  };
}

function decodeText(cell: Cell, required: boolean, tidy: (value: string) => string): Decoded<string> {
  if (isBlank(cell)) return required ? bad('a text (it may not be empty)') : ok('');
  if (typeof cell === 'string') return ok(tidy(cell));
  if (typeof cell === 'number') return ok(String(cell));
  if (typeof cell === 'boolean') return ok(cell ? 'TRUE' : 'FALSE');
  return bad('a text (the spreadsheet took it for a date; type an apostrophe before it)');
}

function decodeNumber(cell: Cell, options: NumberOptions, allowed: string): Decoded<number | null> {
  if (isBlank(cell)) return options.required === true ? bad(allowed) : ok(null);
  if (typeof cell === 'string' && looksLikeNumber(cell)) {
    return bad(`${allowed} (this number is text; type it again without an apostrophe)`);
  }
  if (typeof cell !== 'number' || !Number.isFinite(cell)) return bad(allowed);
  if (options.percent === true && cell > 0 && cell < 1) {
    return bad(`${allowed}; 10 stands for ten per cent, so type ${Number((cell * 100).toPrecision(12))} for ${cell}`);
  }
  if (options.min !== undefined && cell < options.min) return bad(allowed);
  if (options.max !== undefined && cell > options.max) return bad(allowed);
  if (options.whole === true && !Number.isInteger(cell)) return bad(allowed);
  return ok(cell);
}

function allowedNumber(options: NumberOptions): string {
  const noun = options.whole === true ? 'a whole number' : 'a number';
  const { min, max } = options;
  const range =
    min !== undefined && max !== undefined ? ` from ${min} to ${max}` : min !== undefined ? ` from ${min} up` : '';
  return `${noun}${range}${options.required === true ? '' : ', or empty'}`;
}

function looksLikeNumber(value: string): boolean {
  return /^\s*[-+]?[$\u20ac\u00a3]?\s*\d[\d,.' ]*%?\s*$/.test(value);
}
