import type { ActivityNote } from '../lib/jobs/model.ts';
import { activity } from '../lib/workbook/tables.ts';
import type { Workbook } from './sheets/workbook.ts';

/** Adds rows to Activity, all in one write. @param who stands where a note names nobody */
export function appendActivity(workbook: Workbook, notes: readonly ActivityNote[], who: string, nowMs: number): void {
  if (notes.length === 0) return;
  workbook.insert(
    activity,
    notes.map((note) => ({
      when: nowMs,
      who: note.who ?? who,
      what: note.what,
      where: note.where,
      before: note.before ?? '',
      after: note.after ?? '',
    })),
  );
}
