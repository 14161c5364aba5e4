import { describe, expect, test } from 'vitest';
import { KINDS } from './kinds.ts';
import { live } from './life.ts';
import { makeWorld } from './make-world.ts';
import { REGRESSIONS } from './regressions.ts';
import { shrink } from './shrink.ts';
import type { Kind } from './world.ts';

/** `NAIVE_WORLDS=20000 NAIVE_FROM=1 npx vitest run test/lib/billing/against-naive` lives more, other worlds. */
const worlds = Number(process.env['NAIVE_WORLDS'] ?? 1500);
const from = Number(process.env['NAIVE_FROM'] ?? 1);

describe('two engines, written apart from the same rules, come to the same invoices', () => {
  const each = Math.ceil(worlds / Object.keys(KINDS).length);
  test.each(Object.entries(KINDS))('%s', { timeout: 60_000 + worlds * 100 }, (kindName, kind) => {
    const seeds = Array.from({ length: each }, (_, at) => from + at);
    let compared = 0;
    for (const seed of [...new Set([...(REGRESSIONS[kindName] ?? []), ...seeds])]) {
      const told = live(makeWorld(seed, kind));
      compared += told.compared;
      if (told.difference !== null) expect.fail(tell(seed, kindName, kind));
    }
    expect(compared).toBeGreaterThan(each);
  });
});

/** The seed and the smallest world that still differs, as JSON to try again with. */
function tell(seed: number, kindName: string, kind: Kind): string {
  const world = shrink(makeWorld(seed, kind));
  const difference = live(world).difference;
  return [
    `seed ${seed} of "${kindName}", step ${difference?.step}:`,
    ...(difference?.what ?? []),
    JSON.stringify(world),
  ].join('\n');
}
