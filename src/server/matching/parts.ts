import { readFlags, withoutBlocking, writeFlags } from '../../lib/matching/flags.ts';
import { readOpinions } from '../../lib/matching/opinions.ts';
import { type EntryPart, hoursTogether } from '../../lib/matching/split.ts';
import { baseKey, partOf, recordKey } from '../../lib/pull/keys.ts';
import { timeKind } from '../../lib/pull/kinds.ts';
import type { TimeRow } from '../../lib/pull/model.ts';
import type { Work } from './books.ts';
import { EMPTY_RECORD, type Writes } from './writes.ts';

export type TimeWork = Extract<Work, { readonly table: 'time' }>;

/**
 * Puts approved parts in the place of an entry. Each part has a record of its own, without rounded hours, since the source rounds only
 * the whole. The record of the whole stays: it holds what the models said, for the day when the split is undone.
 */
export function replaceByParts(whole: TimeWork, parts: readonly EntryPart[], who: string, writes: Writes): void {
  const source = timeKind.read(whole.record?.source ?? '') ?? timeKind.fromRow(whole.row);
  for (const { key, line, hours } of parts) {
    const row: TimeRow = {
      ...whole.row,
      ...UNBILLED,
      key,
      hours,
      sowLine: line,
      confidence: null,
      reason: `Part of ${baseKey(key)}, split by hand.`,
      flags: withoutBlocking(whole.row.flags),
      status: 'approved',
      decidedBy: who,
    };
    const record = {
      ...EMPTY_RECORD,
      record: recordKey('time', key),
      source: timeKind.toText({ ...source, hours, roundedHours: null }),
    };
    writes.addTime(row, record);
  }
  writes.removeTime(whole.row.key);
  if (partOf(whole.row.key) > 0) writes.removeRecord(recordKey('time', whole.row.key));
}

/**
 * Makes one row of all parts of an entry again. It waits for the person who undid the split, with the models' suggestion.
 * @param whole record of the entry before it was split; null where none is kept
 * @param flags why it waited before, beside what the parts say
 */
export function joinParts(
  parts: readonly TimeWork[],
  whole: TimeWork['record'],
  flags: string,
  who: string,
  writes: Writes,
): void {
  const [one] = parts;
  if (one === undefined) return;
  const key = baseKey(one.row.key);
  const hours = hoursTogether(parts.map(({ row }) => row.hours));
  const first = readOpinions(whole?.opinions ?? '')?.first;
  const row: TimeRow = {
    ...one.row,
    ...UNBILLED,
    key,
    hours,
    sowLine: first?.kind === 'answer' ? first.line : '',
    confidence: null,
    reason: first?.kind === 'answer' ? first.reason : 'The split was undone; choose a line.',
    flags: writeFlags([...readFlags(flags), ...readFlags(withoutBlocking(one.row.flags))]),
    status: 'flagged',
    decidedBy: who,
  };
  const before = timeKind.read(whole?.source ?? '');
  const source = timeKind.read(one.record?.source ?? '') ?? timeKind.fromRow(one.row);
  const roundedHours = before !== null && before.hours === hours ? before.roundedHours : null;
  writes.addTime(row, {
    ...(whole ?? EMPTY_RECORD),
    record: recordKey('time', key),
    source: timeKind.toText({ ...source, hours, roundedHours }),
  });
  for (const part of parts) {
    writes.removeTime(part.row.key);
    writes.removeRecord(recordKey('time', part.row.key));
  }
}

/** What drafting works out anew. */
const UNBILLED = { billedHours: null, coveredHours: null, amount: null, invoice: '' } as const;
