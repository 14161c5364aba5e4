import { type Cell, isBlank, sameName } from './cell.ts';
import type { Decoded } from './column.ts';
import { monthOf } from './days.ts';
import { roundHoursWords } from './words.ts';

/** What the firm decides once, read and checked. */
export interface Settings {
  /** `YYYY-MM`; nothing before it is ever billed. */
  readonly firstPeriod: string;
  readonly timeSource: 'Harvest' | 'QuickBooks Time' | 'Import tab';
  readonly roundHours: (typeof roundHoursWords)[number];
  readonly invoiceDate: 'last day of period' | 'first day after period';
  readonly pushAs: 'unsent invoice' | 'estimate';
  readonly classificationModel: string;
  readonly secondOpinionModel: string;
  readonly secondOpinionOn: 'every row' | 'doubtful rows' | 'off';
  /** A share: 0.01 is one per cent. */
  readonly targetErrorRate: number;
  /** A share, or worked out from what people decided. */
  readonly confidenceThreshold: 'automatic' | number;
  /** Rows a period checked by a person although the model was sure. */
  readonly auditSample: number;
  /** Entries of this many hours or more are flagged. */
  readonly longEntryHours: number;
  readonly notify: readonly string[];
  readonly whoMayPush: readonly string[];
}

/** One setting: its name, what stands there at first, what it does, and how its cell is read. */
export interface SettingDef<T> {
  readonly name: string;
  /** Its value at set-up; `month` and `email` stand for the month of set-up and the address of the person who sets up. */
  readonly initial: string | number | { readonly from: 'month' | 'email' };
  readonly whatItDoes: string;
  readonly words: readonly string[];
  readonly format: string;
  read(cell: Cell): Decoded<T>;
}

/** Every setting, in the order of the tab. */
export const settingDefs: { readonly [P in keyof Settings]: SettingDef<Settings[P]> } = {
  firstPeriod: {
    ...plain('First period', { from: 'month' }, 'YYYY-MM: nothing before it is ever billed.'),
    read: (cell) => {
      const month = monthOf(cell);
      return month === null ? bad('a month such as 2026-10') : ok(month);
    },
  },
  timeSource: words('Time source', ['Harvest', 'QuickBooks Time', 'Import tab'], 'Where time and expenses come from'),
  roundHours: words('Round hours', roundHoursWords, 'How the hours of each entry are rounded; a SOW may have its own'),
  invoiceDate: words('Invoice date', ['last day of period', 'first day after period'], 'The date on invoices'),
  pushAs: words('Push as', ['unsent invoice', 'estimate'], 'What is created in QuickBooks; nothing is ever sent'),
  classificationModel: {
    ...plain('Classification model', 'claude-haiku-5-5', 'The model that matches entries to SOW lines: any model id.'),
    read: (cell) => readModel(cell, 'claude-haiku-5-5'),
  },
  secondOpinionModel: {
    ...plain('Second opinion model', 'claude-sonnet-5-5', 'The model that is asked as well: any model id.'),
    read: (cell) => readModel(cell, 'claude-sonnet-5-5'),
  },
  secondOpinionOn: words('Second opinion on', ['every row', 'doubtful rows', 'off'], 'When the second model is asked'),
  targetErrorRate: {
    ...plain(
      'Target error rate',
      0.01,
      'Share of wrong matches that you accept without a person looking: 0.1% to 10%.',
    ),
    format: '0.0%',
    read: (cell) => readShare(cell, 0.01, 0.001, 0.1, '0.1% to 10%'),
  },
  confidenceThreshold: {
    ...plain(
      'Confidence threshold',
      'automatic',
      'How sure the model must be: automatic (from what people decided), or 0 to 1.',
    ),
    read: (cell) => {
      if (isBlank(cell) || (typeof cell === 'string' && sameName(cell, 'automatic'))) return ok('automatic');
      return readNumber(cell, 0, 0, 1, 'automatic, or a number from 0 to 1');
    },
  },
  auditSample: {
    ...plain('Audit sample', 30, 'Rows a period that a person checks although the model was sure: 0 or more.'),
    read: (cell) => {
      const read = readNumber(cell, 30, 0, 100_000, 'a whole number from 0 up');
      return read.ok && !Number.isInteger(read.value) ? bad('a whole number from 0 up') : read;
    },
  },
  longEntryHours: {
    ...plain('Long entry hours', 12, 'Entries of this many hours or more are flagged.'),
    read: (cell) => readNumber(cell, 12, 0, 100_000, 'a number of hours from 0 up'),
  },
  notify: {
    ...plain(
      'Notify',
      { from: 'email' },
      'Who gets an email when a run is done or waits: one or more emails, or empty.',
    ),
    read: readEmails,
  },
  whoMayPush: {
    ...plain('Who may push', { from: 'email' }, 'Who may push invoices to QuickBooks: emails; empty: nobody.'),
    read: readEmails,
  },
};

function plain(name: string, initial: SettingDef<unknown>['initial'], whatItDoes: string) {
  const none: readonly string[] = [];
  return { name, initial, whatItDoes, words: none, format: '' };
}

function words<const W extends string>(name: string, allowed: readonly [W, ...W[]], whatItDoes: string): SettingDef<W> {
  const [first] = allowed;
  return {
    ...plain(name, first, `${whatItDoes}: ${allowed.join(', ')}.`),
    words: allowed,
    read: (cell) => {
      if (isBlank(cell)) return ok(first);
      const found = typeof cell === 'string' ? allowed.find((word) => sameName(word, cell)) : undefined;
      return found === undefined ? bad(`one of ${allowed.join(', ')}`) : ok(found);
    },
  };
}

function readModel(cell: Cell, fallback: string): Decoded<string> {
  if (isBlank(cell)) return ok(fallback);
  return typeof cell === 'string' && !/\s/.test(cell.trim()) ? ok(cell.trim()) : bad(`a model id such as ${fallback}`);
}

function readNumber(cell: Cell, fallback: number, min: number, max: number, allowed: string): Decoded<number> {
  if (isBlank(cell)) return ok(fallback);
  if (typeof cell === 'string' && /^\s*[-+]?[\d.,]+\s*$/.test(cell)) {
    return bad(`${allowed} (this number is text; type it again without an apostrophe)`);
  }
  return typeof cell === 'number' && cell >= min && cell <= max ? ok(cell) : bad(allowed);
}

function readShare(cell: Cell, fallback: number, min: number, max: number, allowed: string): Decoded<number> {
  const percent = typeof cell === 'string' ? /^\s*(\d+(?:\.\d+)?)\s*%\s*$/.exec(cell) : null;
  const share = percent === null ? cell : Number((Number(percent[1]) / 100).toPrecision(12));
  return readNumber(share, fallback, min, max, `${allowed} (one per cent is typed 1%)`);
}

function readEmails(cell: Cell): Decoded<readonly string[]> {
  const allowed = 'emails, comma separated, or empty';
  if (isBlank(cell)) return ok([]);
  if (typeof cell !== 'string') return bad(allowed);
  const emails = cell.split(/[\s,;]+/).filter((part) => part !== '');
  return emails.every((email) => /^[^\s@]+@[^\s@]+$/.test(email)) ? ok(emails) : bad(allowed);
}

function ok<T>(value: T): Decoded<T> {
  return { ok: true, value };
}

function bad(allowed: string): { readonly ok: false; readonly allowed: string } {
  return { ok: false, allowed };
}
