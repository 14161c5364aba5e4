import type { Company } from './company.ts';
import { missing, QuickBooksFault, refuse } from './faults.ts';
import type { JsonObject } from './json.ts';
import { type EntityName, entityNamed } from './shapes.ts';
import type { Stored } from './store.ts';
import { view } from './view.ts';
import { stamp } from './zone-time.ts';

/** GET /cdc: what was created, changed or deleted since a time, kind by kind; of deleted rows only their id and when. */
export function changedSince(company: Company, entities: string | null, since: string | null): JsonObject {
  if (entities === null || entities === '') throw new QuickBooksFault([missing('entities')]);
  const from = Date.parse(since ?? '');
  if (Number.isNaN(from)) throw refuse('2060', `Invalid date format: ${since ?? ''}`, 'changedSince');
  const earliest = company.clock.now() - company.assumptions.cdcDays * 24 * 3_600_000;
  if (from < earliest) {
    throw refuse('2060', `changedSince lies more than ${company.assumptions.cdcDays} days back`, 'changedSince');
  }
  let room = company.assumptions.cdcObjects;
  const responses: JsonObject[] = [];
  for (const name of entities.split(',')) {
    const kind = entityNamed(name.trim());
    if (kind === undefined)
      throw refuse('2010', `Property Name:${name} specified is unsupported or invalid`, 'entities');
    const rows = company.store
      .everything(kind)
      .filter((row) => row.updatedAt >= from)
      .slice(0, room);
    room -= rows.length;
    if (rows.length === 0) responses.push({});
    else responses.push({ [kind]: shown(company, kind, rows), startPosition: 1, maxResults: rows.length });
  }
  return { CDCResponse: [{ QueryResponse: responses }] };
}

function shown(company: Company, kind: EntityName, rows: readonly Stored[]): JsonObject[] {
  return rows.flatMap((row) => {
    if (!row.deleted) return view(company, kind, [row]);
    const when = stamp(row.updatedAt, company.timeZone);
    return [{ domain: 'QBO', status: 'Deleted', Id: row.id, MetaData: { LastUpdatedTime: when } }];
  });
}
