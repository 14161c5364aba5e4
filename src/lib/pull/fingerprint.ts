import { fingerprint } from '../matching/fingerprint.ts';
import type { ExpenseSource, TimeSource } from './source.ts';

/**
 * A short name for a state of a time entry or expense in the source. Two states have the same one when nothing that matters for a
 * bill differs: notes do not count, and everything that is gone is alike. Column Answered keeps it with the person's answer, so that an
 * ignored change stays ignored and a further change asks again.
 */
export function sourceFingerprint(source: TimeSource | ExpenseSource): string {
  if (source.gone) return 'gone';
  const subject =
    'hours' in source ? [source.task, source.hours, source.roundedHours, source.rate] : [source.category, source.cost];
  return fingerprint(JSON.stringify([source.date, source.person, source.client, source.project, ...subject]));
}
