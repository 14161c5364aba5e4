import { recordKey } from '../../lib/pull/keys.ts';
import type { ExpenseRow, RecordRow, TimeRow, WorkRow } from '../../lib/pull/model.ts';
import { entryRecords, expenses, timeEntries } from '../../lib/workbook/tables.ts';
import type { Workbook } from '../sheets/workbook.ts';
import type { Work } from './books.ts';

/** The cells of a row that decisions write. */
export type DecisionCells = Partial<Pick<WorkRow, 'status' | 'sowLine' | 'flags' | 'decidedBy' | 'reason'>>;

/** Everything that is to be written, collected so that each tab is written in few calls. */
export interface Writes {
  change(work: Pick<Work, 'table' | 'row'>, cells: DecisionCells): void;
  /** Changes the record of a row, or makes one. */
  record(work: Pick<Work, 'table' | 'row' | 'record'>, cells: Partial<Omit<RecordRow, 'record'>>): void;
  addTime(row: TimeRow, record: RecordRow): void;
  removeTime(key: string): void;
  removeRecord(record: string): void;
  readonly planned: Planned;
}

interface Planned {
  readonly time: Map<string, DecisionCells>;
  readonly expense: Map<string, DecisionCells>;
  readonly records: Map<string, Partial<RecordRow>>;
  readonly newRecords: RecordRow[];
  readonly newTime: TimeRow[];
  readonly goneTime: Set<string>;
  readonly goneRecords: Set<string>;
}

export function emptyWrites(): Writes {
  const planned: Planned = {
    time: new Map(),
    expense: new Map(),
    records: new Map(),
    newRecords: [],
    newTime: [],
    goneTime: new Set(),
    goneRecords: new Set(),
  };
  return {
    planned,
    change: (work, cells) => {
      (work.table === 'time' ? planned.time : planned.expense).set(work.row.key, cells);
    },
    record: (work, cells) => {
      const record = recordKey(work.table, work.row.key);
      if (work.record === null) planned.newRecords.push({ ...EMPTY_RECORD, ...cells, record });
      else planned.records.set(record, cells);
    },
    addTime: (row, record) => {
      planned.newTime.push(row);
      planned.newRecords.push(record);
    },
    removeTime: (key) => {
      planned.goneTime.add(key);
    },
    removeRecord: (record) => {
      planned.goneRecords.add(record);
    },
  };
}

/** Writes it all. New rows come before old ones go, so that nothing is lost in between. */
export function writeAll(workbook: Workbook, { planned }: Writes): void {
  workbook.update(entryRecords, planned.records);
  workbook.insert(entryRecords, planned.newRecords);
  workbook.update(timeEntries, planned.time satisfies ReadonlyMap<string, Partial<TimeRow>>);
  workbook.update(expenses, planned.expense satisfies ReadonlyMap<string, Partial<ExpenseRow>>);
  workbook.insert(timeEntries, planned.newTime);
  workbook.remove(timeEntries, planned.goneTime);
  workbook.remove(entryRecords, planned.goneRecords);
}

export const EMPTY_RECORD: RecordRow = {
  record: '',
  source: '',
  billedAs: '',
  answered: '',
  asked: '',
  opinions: '',
  audit: '',
};
