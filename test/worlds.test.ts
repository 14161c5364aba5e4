/**
 * Whole months, from the entries in Harvest to the invoices in QuickBooks: each scenario in test/worlds is run through the built add-on
 * and compared with the expectation beside it, which was worked out by hand from the billing rules.
 */
import { afterAll, beforeAll, describe, it } from 'vitest';
import { runWorld } from '../local/world/run-world.ts';
import { builtAddOn } from './support/worlds/built.ts';
import { expected, found } from './support/worlds/compare.ts';
import { openWorld, worldNames } from './support/worlds/files.ts';

let addOn: Awaited<ReturnType<typeof builtAddOn>>;

beforeAll(async () => {
  addOn = await builtAddOn();
});
afterAll(() => addOn.remove());

describe.concurrent('the month of a scenario', () => {
  it.for(worldNames())('%s', async (name, { expect }) => {
    const { world, wanted } = openWorld(name);
    const result = await runWorld(world, { dist: addOn.dist });
    expect(found(result, wanted)).toEqual(expected(wanted));
  });
});
