/**
 * Whole months, from the entries in Harvest to the invoices in QuickBooks: each scenario in test/worlds is run through the built add-on
 * and compared with the expectation beside it, which was worked out by hand from the billing rules.
 */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { readWorld } from '../local/world/format.ts';
import { runWorld } from '../local/world/run-world.ts';
import { build } from '../scripts/build.mjs';
import { expected, found } from './support/worlds/compare.ts';
import { readExpectation } from './support/worlds/expectation.ts';

const folder = join(import.meta.dirname, 'worlds');
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.json') && !file.endsWith('.expected.json'))
  .map((file) => file.slice(0, -'.json'.length))
  .sort();

/** A copy, so that a build that somebody else starts meanwhile changes nothing here. */
const dist = mkdtempSync(join(tmpdir(), 'time-to-invoice-'));

beforeAll(async () => {
  await build();
  cpSync(join(import.meta.dirname, '..', 'dist'), dist, { recursive: true });
});

afterAll(() => rmSync(dist, { recursive: true }));

describe.concurrent('the month of a scenario', () => {
  it.for(names)('%s', async (name, { expect }) => {
    const wanted = readExpectation(readFileSync(join(folder, `${name}.expected.json`), 'utf8'));
    const result = await runWorld(readWorld(readFileSync(join(folder, `${name}.json`), 'utf8')), { dist });
    expect(found(result, wanted)).toEqual(expected(wanted));
  });
});
