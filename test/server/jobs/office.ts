/** A small office for tests of the runner: everything in memory, several executions one after the other, one clock for all. */
import type { Job, StepName } from '../../../src/lib/jobs/model.ts';
import type { UsageCounter } from '../../../src/lib/jobs/usage.ts';
import { decodeTable } from '../../../src/lib/workbook/decode.ts';
import type { Guard } from '../../../src/server/guard.ts';
import type { Continuation } from '../../../src/server/jobs/continuation.ts';
import { createRunner, type Runner } from '../../../src/server/jobs/runner.ts';
import type { Clients, Step } from '../../../src/server/jobs/step.ts';
import { createJobStore, type JobStore } from '../../../src/server/jobs/store.ts';
import type { PropertyBag } from '../../../src/server/properties.ts';
import type { Workbook } from '../../../src/server/sheets/workbook.ts';
import { type FakeClock, fakeClock } from '../http/fakes.ts';

export interface Office {
  readonly clock: FakeClock;
  readonly store: JobStore;
  readonly properties: Map<string, string>;
  readonly steps: Record<StepName, Step>;
  /** When the continuation trigger fires, or null when there is none. */
  trigger(): number | null;
  readonly rows: Map<string, Record<string, unknown>[]>;
  readonly told: Job[];
  locked: boolean;
  /** Whose the monthly run is; empty: whoever comes. */
  owner: string;
  firstPeriod: string;
  /** A new execution by this person. */
  execution(who?: string): Runner;
}

const unused = (): never => {
  throw new Error('not used here');
};

export function office(): Office {
  const clock = fakeClock();
  const properties = new Map<string, string>();
  const bag: PropertyBag = {
    get: (key) => properties.get(key) ?? null,
    set: (key, value) => {
      properties.set(key, value);
    },
    remove: (key) => {
      properties.delete(key);
    },
  };
  const store = createJobStore(bag);
  const rows = new Map<string, Record<string, unknown>[]>();
  let due: number | null = null;
  const continuation: Continuation = {
    arm: (afterMs) => {
      due = clock.now() + afterMs;
    },
    ensure: (afterMs) => {
      due ??= clock.now() + afterMs;
    },
    set: (afterMs) => {
      due = clock.now() + afterMs;
    },
    clear: () => {
      due = null;
    },
  };
  const workbook: Workbook = {
    timeZone: 'America/New_York',
    // Only Settings and the record of runs hold anything; every other tab stands and is empty.
    read: (table) => {
      const content = decodeTable(table, [
        Object.values(table.columns).map((column) => column.header),
        ...(table.tab === 'Settings' ? [['First period', '2026-01', '']] : []),
      ]);
      // What was written is given back as it is; no test of the runner is about cells.
      return table.tab === 'Runs' ? { ...content, rows: (rows.get('Runs') ?? []) as never } : content;
    },
    forget: () => undefined,
    problemsOf: () => [],
    insert: (table, added) => {
      const known = rows.get(table.tab) ?? [];
      for (const row of added) {
        const record: Record<string, unknown> = { ...row };
        const at = known.findIndex((one) => table.key.length > 0 && table.key.every((key) => one[key] === record[key]));
        if (at < 0) known.push(record);
        else known[at] = record;
      }
      rows.set(table.tab, known);
    },
    update: unused,
    remove: unused,
    flush: () => undefined,
  };
  const done: Step = () => ({ kind: 'done' });
  const made: Office = {
    clock,
    store,
    properties,
    rows,
    told: [],
    locked: false,
    owner: '',
    firstPeriod: '2026-01',
    steps: { check: done, pull: done, match: done, draft: done, dashboard: done, push: done, sync: done },
    trigger: () => due,
    execution: (who = 'ana@brook.example') => {
      const guard: Guard = {
        tryRun: (_, work) => {
          if (made.locked) return { ran: false };
          made.locked = true;
          try {
            return { ran: true, value: work() };
          } finally {
            made.locked = false;
          }
        },
      };
      return createRunner({
        store,
        guard,
        clock,
        continuation,
        workbook: () => workbook,
        clients: (_: UsageCounter): Clients => ({
          harvest: unused,
          claude: unused,
          quickbooks: unused,
          tieQuickBooks: unused,
        }),
        steps: made.steps,
        who: () => who,
        isScheduled: () => made.owner === '' || made.owner === who,
        duePeriod: () => '2026-10',
        timeText: (ms) => new Date(ms).toISOString().slice(0, 16),
        firstPeriod: () => made.firstPeriod,
        atRest: (job) => {
          made.told.push(job);
        },
      });
    },
  };
  return made;
}
