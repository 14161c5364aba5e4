import type { Company } from './company.ts';
import { writeEntity } from './entities.ts';
import { faultMembers } from './envelope.ts';
import { missing, QuickBooksFault, refuse } from './faults.ts';
import { type JsonObject, objectAt, objectsAt, textAt } from './json.ts';
import { LIMITS } from './limits.ts';
import { runQuery } from './query/run.ts';
import { ENTITY_NAMES } from './shapes.ts';

/**
 * POST /batch: the items run one after the other, each with its own outcome, and none sees what another one of the batch created.
 * @param hasRequestId beside a requestid the bIds must be short
 */
export function runBatch(company: Company, body: JsonObject, hasRequestId: boolean): JsonObject {
  const items = objectsAt(body, 'BatchItemRequest');
  if (items.length === 0) throw new QuickBooksFault([missing('BatchItemRequest')]);
  if (items.length > LIMITS.batchItems) {
    throw refuse('1040', `Batch size exceeds limit : ${items.length} items, at most ${LIMITS.batchItems}`);
  }
  const long = items
    .map((item) => textAt(item, 'bId') ?? '')
    .find((id) => hasRequestId && id.length > LIMITS.batchItemId);
  if (long !== undefined)
    throw refuse('2130', `The bId ${long} is longer than ${LIMITS.batchItemId} characters`, 'bId');
  return { BatchItemResponse: company.store.withNewOnesHidden(() => items.map((item) => answered(company, item))) };
}

function answered(company: Company, item: JsonObject): JsonObject {
  const bId = item['bId'] ?? '';
  try {
    return { ...itemResult(company, item), bId };
  } catch (error) {
    if (!(error instanceof QuickBooksFault)) throw error;
    return { Fault: faultMembers(error), bId };
  }
}

function itemResult(company: Company, item: JsonObject): JsonObject {
  const query = textAt(item, 'Query');
  if (query !== undefined) return { QueryResponse: runQuery(company, query) };
  const kind = ENTITY_NAMES.find((name) => objectAt(item, name) !== undefined);
  if (kind === undefined) throw refuse('2010', 'Property Name:BatchItemRequest specified is unsupported or invalid');
  const options = (textAt(item, 'optionsData') ?? '').toLowerCase().split(',');
  const written = writeEntity(company, kind, objectAt(item, kind) ?? {}, {
    operation: textAt(item, 'operation'),
    include: options,
  });
  return { [kind]: written };
}
