import { given } from './read-field.ts';
import type { WireRecord } from './shapes.ts';

/** `created_at` and `updated_at`; where the file gives none, `otherwise`. */
export function stamps(record: WireRecord, otherwise = '2026-01-05T09:00:00Z'): WireRecord {
  const created = given(record, 'created_at', otherwise);
  return { created_at: created, updated_at: given(record, 'updated_at', created) };
}

/** The record's own fields over the defaults, id first. */
export function own(record: WireRecord, defaults: WireRecord): WireRecord {
  return { id: record['id'], ...defaults, ...withoutReferences(record, defaults) };
}

function withoutReferences(record: WireRecord, defaults: WireRecord): WireRecord {
  const kept = Object.keys(record).filter(
    (field) => field in defaults || !['client', 'project', 'task', 'user'].includes(field),
  );
  return Object.fromEntries(kept.map((field) => [field, given(record, field, defaults[field])]));
}
