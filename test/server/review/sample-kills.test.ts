/** A run that the platform stops anywhere draws the same audit sample as one that was never stopped. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readWorld } from '../../../local/world/format.ts';
import type { Result } from '../../../local/world/result.ts';
import { runWorld } from '../../../local/world/run-world.ts';
import { builtAddOn } from '../../support/worlds/built.ts';

let addOn: Awaited<ReturnType<typeof builtAddOn>>;
beforeAll(async () => {
  addOn = await builtAddOn();
});
afterAll(() => addOn.remove());

const base = readWorld(readFileSync('test/worlds/an-audit-sample-is-checked.json', 'utf8'));
const [first] = (base.harvest?.['time_entries'] ?? []) as readonly object[];
const notes = Array.from({ length: 12 }, (_, n) => `Worked on part ${n} of the plan`);
const world = {
  ...base,
  harvest: {
    ...base.harvest,
    time_entries: notes.map((note, n) => ({ ...first, id: 1001 + n, hours: 1 + (n % 3), notes: note })),
  },
  claude: {
    answers: notes.map((note, n) => ({ notes: note, line: 'ACME-1/1', confidence: n % 4 === 0 ? 0.8 : 0.97 })),
  },
  workbook: { ...base.workbook, Settings: { 'First period': '2026-10', 'Audit sample': 4 } },
  steps: [{ do: 'month-end', period: '2026-10' } as const],
};

/** What the run came to: the rows as they wait or are accepted, and what was recorded about the draw. */
function essence(result: Result) {
  return {
    errors: result.errors,
    rows: result.workbook['Time entries']?.map((row) => [row['Key'], row['Status'], row['Flags'], row['SOW line']]),
    draw: result.workbook['Entry records']?.map((row) => [row['Record'], row['Audit']]),
  };
}

describe('an execution that is stopped', () => {
  it('leaves the same sample as one that was not', async () => {
    const whole = await runWorld(world, { dist: addOn.dist });
    const wanted = essence(whole);
    expect(wanted.rows?.filter((row) => row[2] === 'to check')).toHaveLength(4);
    let stopped = 0;
    for (let calls = 40; calls < 400; calls += 11) {
      const result = await runWorld(
        { ...world, faults: [{ execution: 1, 'kill after': calls }] },
        { dist: addOn.dist },
      );
      expect(essence(result)).toEqual(wanted);
      if (result.runs[0]?.executions === 1) break;
      stopped += 1;
    }
    expect(stopped).toBeGreaterThan(5);
  }, 240_000);
});
