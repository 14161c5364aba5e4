import type { Kind } from './world.ts';

/** From tame to wild. */
export const KINDS: Readonly<Record<string, Kind>> = {
  'months without corrections': { corrections: false, voids: false, edits: false, gaps: false },
  'months nobody ran and drafts that stand': { corrections: false, voids: false, edits: false, gaps: true },
  'late, changed, moved and vanished rows': { corrections: true, voids: false, edits: false, gaps: false },
  'terms edited between months': { corrections: true, voids: false, edits: true, gaps: false },
  'voided invoices': { corrections: true, voids: true, edits: false, gaps: false },
  'everything at once': { corrections: true, voids: true, edits: true, gaps: true },
  'odd corners': { corrections: true, voids: true, edits: true, gaps: true, odd: true },
  'periods run backwards': { corrections: true, voids: true, edits: false, gaps: true, backwards: true },
};
