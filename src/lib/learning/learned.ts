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

/** All rows that were learnt from the past, with the line that each was billed on. */
export function learnedRows(records: readonly RecordRow[]): readonly LearnedRow[] {
  return records.flatMap((record): LearnedRow[] => {
    if (!record.record.startsWith(recordKey('time', PAST))) return [];
    const source = readTimeSource(record.source);
    const line = answerOf(record.answered);
    if (source === null || line === null) return [];
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
    return [{ item, line, record }];
  });
}

/** Stands in Asked while a row of the past waits to be asked about; no mark of a question looks like this. */
export const WAITING = 'waiting';

/** A row of the past as it goes into Entry records; the question and its answers are added once they are there. */
export function learnedRecord({ item, line }: PastRow): RecordRow {
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
    answered: `${BILLED_ON} ${line === '' ? NOT_BILLED : line}`,
    asked: '',
    opinions: '',
    audit: '',
  };
}

const BILLED_ON = 'billed on';
/** No key of a line looks like this. */
const NOT_BILLED = '(none)';

function answerOf(answered: string): string | null {
  if (!answered.startsWith(`${BILLED_ON} `)) return null;
  const line = answered.slice(BILLED_ON.length + 1);
  return line === NOT_BILLED ? '' : line;
}
