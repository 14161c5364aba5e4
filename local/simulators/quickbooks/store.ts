import type { JsonObject } from './json.ts';
import type { EntityName } from './shapes.ts';
import { stamp } from './zone-time.ts';

/** One entity and its life. */
export interface Stored {
  readonly kind: EntityName;
  readonly id: string;
  /** As the wire shows it, with Id, SyncToken and MetaData. */
  readonly entity: JsonObject;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly deleted: boolean;
}

/** All entities of one company. What it hands out must not be changed in place: `replace` is the way. */
export interface Store {
  /** In order of creation, without deleted ones. */
  all(kind: EntityName): readonly Stored[];
  /** Deleted ones too. */
  everything(kind: EntityName): readonly Stored[];
  find(kind: EntityName, id: string): Stored | undefined;
  /** Gives Id, SyncToken 0 and MetaData, as far as `history` does not say them. */
  insert(kind: EntityName, entity: JsonObject, history?: History): Stored;
  /** Keeps ids free for rows that bring theirs. */
  reserve(kind: EntityName, id: string): void;
  /** SyncToken + 1, LastUpdatedTime `at`, now when left out. */
  replace(stored: Stored, entity: JsonObject, at?: number): Stored;
  remove(stored: Stored): Stored;
  /** While the work runs, what it creates cannot be found: the items of a batch do not see each other. */
  withNewOnesHidden<T>(work: () => T): T;
  /** Everything as it is now; it does not change any more. */
  state(): StoreState;
  goBack(state: StoreState): void;
}

/** All rows by kind and id, and the last id of each sequence. */
export interface StoreState {
  readonly rows: ReadonlyMap<EntityName, ReadonlyMap<string, Stored>>;
  readonly lastIds: ReadonlyMap<string, number>;
}

/** What a row that was there before brings with it. */
export interface History {
  readonly id?: string;
  readonly syncToken?: number;
  readonly createdAt?: number;
  readonly updatedAt?: number;
}

/** Transactions count in one sequence, every other kind in its own. */
const TRANSACTIONS: ReadonlySet<EntityName> = new Set<EntityName>(['Invoice', 'Estimate', 'Payment']);

export function createStore(clock: { now(): number }, timeZone: string): Store {
  const kinds = new Map<EntityName, Map<string, Stored>>();
  const lastIds = new Map<string, number>();
  const reserved = new Set<string>();
  let hidden: Set<string> | null = null;

  const rowsOf = (kind: EntityName): Map<string, Stored> => {
    const rows = kinds.get(kind) ?? new Map<string, Stored>();
    kinds.set(kind, rows);
    return rows;
  };
  const sequenceOf = (kind: EntityName): string => (TRANSACTIONS.has(kind) ? 'transactions' : kind);
  const taken = (kind: EntityName, id: string): boolean =>
    reserved.has(`${sequenceOf(kind)} ${id}`) || isStored(kind, id);
  const isStored = (kind: EntityName, id: string): boolean =>
    TRANSACTIONS.has(kind) ? [...TRANSACTIONS].some((each) => rowsOf(each).has(id)) : rowsOf(kind).has(id);
  const nextId = (kind: EntityName): string => {
    const sequence = sequenceOf(kind);
    let last = lastIds.get(sequence) ?? 0;
    do last += 1;
    while (taken(kind, String(last)));
    lastIds.set(sequence, last);
    return String(last);
  };
  const dressed = (
    entity: JsonObject,
    id: string,
    token: number,
    createdAt: number,
    updatedAt: number,
  ): JsonObject => ({
    domain: 'QBO',
    sparse: false,
    ...entity,
    Id: id,
    SyncToken: String(token),
    MetaData: { CreateTime: stamp(createdAt, timeZone), LastUpdatedTime: stamp(updatedAt, timeZone) },
  });
  const isVisible = (row: Stored): boolean => !row.deleted && hidden?.has(`${row.kind} ${row.id}`) !== true;

  return {
    all: (kind) => [...rowsOf(kind).values()].filter(isVisible),
    everything: (kind) => [...rowsOf(kind).values()],
    find(kind, id) {
      const row = rowsOf(kind).get(id);
      return row !== undefined && isVisible(row) ? row : undefined;
    },
    reserve(kind, id) {
      reserved.add(`${sequenceOf(kind)} ${id}`);
    },
    insert(kind, entity, history = {}) {
      const createdAt = history.createdAt ?? clock.now();
      const updatedAt = history.updatedAt ?? createdAt;
      const id = history.id ?? nextId(kind);
      const row: Stored = {
        kind,
        id,
        entity: dressed(entity, id, history.syncToken ?? 0, createdAt, updatedAt),
        createdAt,
        updatedAt,
        deleted: false,
      };
      rowsOf(kind).set(id, row);
      hidden?.add(`${kind} ${id}`);
      return row;
    },
    replace(stored, entity, at) {
      const now = at ?? clock.now();
      const token = Number(stored.entity['SyncToken']) + 1;
      const row: Stored = {
        ...stored,
        entity: dressed(entity, stored.id, token, stored.createdAt, now),
        updatedAt: now,
      };
      rowsOf(stored.kind).set(stored.id, row);
      return row;
    },
    remove(stored) {
      const row: Stored = { ...stored, updatedAt: clock.now(), deleted: true };
      rowsOf(stored.kind).set(stored.id, row);
      return row;
    },
    state: () => ({
      rows: new Map([...kinds].map(([kind, rows]) => [kind, new Map(rows)])),
      lastIds: new Map(lastIds),
    }),
    goBack(state) {
      kinds.clear();
      for (const [kind, rows] of state.rows) kinds.set(kind, new Map(rows));
      lastIds.clear();
      for (const [sequence, last] of state.lastIds) lastIds.set(sequence, last);
    },
    withNewOnesHidden(work) {
      hidden = new Set();
      try {
        return work();
      } finally {
        hidden = null;
      }
    },
  };
}
