import type { DecidedRow } from '../matching/memory.ts';
import type { MatchItem } from '../matching/model.ts';
import { recordKey } from '../pull/keys.ts';
import type { RecordRow } from '../pull/model.ts';
import { readTimeSource, sourceText } from '../pull/source.ts';
import { PAST, type PastRow } from './read-history.ts';

/** A row of the past as Entry records keep it. */
export interface LearnedRow extends DecidedRow {
  readonly record: RecordRow;
}

/** A row of the past, whether it is used or not. */
export interface KeptRow {
  readonly item: MatchItem;
  readonly record: RecordRow;
  /** The line that counts, as an example and in checking; null: it is not used. */
  readonly used: string | null;
  /** The line that was given and waits for a person to say that it is to be used; null: none waits. */
  readonly given: string | null;
}

/** All rows that a person said to use, with the line that each was billed on. */
export function learnedRows(records: readonly RecordRow[]): readonly LearnedRow[] {
  return keptRows(records).flatMap(({ item, record, used }) => (used === null ? [] : [{ item, record, line: used }]));
}

/** All rows of the past that are kept. */
export function keptRows(records: readonly RecordRow[]): readonly KeptRow[] {
  return records.flatMap((record): KeptRow[] => {
    if (!isPast(record)) return [];
    const source = readTimeSource(record.source);
    const { used, given } = answersOf(record.answered);
    if (source === null || (used === null && given === null)) return [];
    const { date, person, roles, client, project, projectCode, task, notes, hours, billable } = source;
    const key = record.record.slice(recordKey('time', '').length);
    const item: MatchItem = {
      table: 'time',
      key,
      date,
      person,
      role: roles.join(', '),
      client,
      project,
      projectCode,
      task,
      notes,
      hours,
      cost: null,
      billable,
    };
    return [{ item, record, used, given }];
  });
}

/** Stands in Asked while a row of the past waits to be asked about; no mark of a question looks like this. */
export const WAITING = 'waiting';

export function isPast({ record }: RecordRow): boolean {
  return record.startsWith(recordKey('time', PAST));
}

/**
 * A row of the past as it goes into Entry records; the question and its answers are added once they are there. It is not used before a
 * person says so; an answer that is used already goes on to count until then.
 * @param known the record that stands there
 */
export function learnedRecord({ item, line }: PastRow, known?: RecordRow): RecordRow {
  const used = known === undefined ? null : answersOf(known.answered).used;
  const { date, person, role, client, project, projectCode, task, notes, hours, billable } = item;
  const source = {
    date,
    person,
    roles: role === '' ? [] : [role],
    client,
    project,
    projectCode,
    task,
    notes,
    hours: hours ?? 0,
    roundedHours: null,
    rate: null,
    billable,
    updatedAt: '',
    gone: false,
  };
  return {
    record: recordKey('time', item.key),
    source: sourceText(source),
    billedAs: '',
    answered: used === line ? answeredText(line, null) : answeredText(used, line),
    asked: '',
    opinions: '',
    audit: '',
  };
}

/** Column Answered: the line that is used, and the one that waits to be. */
export function answeredText(used: string | null, given: string | null): string {
  const word = (line: string) => (line === '' ? NOT_BILLED : line);
  const parts = [
    ...(used === null ? [] : [`${BILLED_ON}${word(used)}`]),
    ...(given === null ? [] : [`${GIVEN_AS}${word(given)}`]),
  ];
  return parts.join(BETWEEN);
}

const BILLED_ON = 'billed on ';
const GIVEN_AS = 'given as ';
const BETWEEN = ' | ';
/** No key of a line looks like this. */
const NOT_BILLED = '(none)';

function answersOf(answered: string): { readonly used: string | null; readonly given: string | null } {
  const lineIn = (text: string, word: string) => {
    if (!text.startsWith(word)) return null;
    const line = text.slice(word.length);
    return line === NOT_BILLED ? '' : line;
  };
  const at = answered.indexOf(`${BETWEEN}${GIVEN_AS}`);
  return at < 0
    ? { used: lineIn(answered, BILLED_ON), given: lineIn(answered, GIVEN_AS) }
    : {
        used: lineIn(answered.slice(0, at), BILLED_ON),
        given: lineIn(answered.slice(at + BETWEEN.length), GIVEN_AS),
      };
}
