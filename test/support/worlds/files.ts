/** Scenario files and the expectations beside them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readWorld } from '../../../local/world/format.ts';
import { readExpectation } from './expectation.ts';

const folder = join(import.meta.dirname, '..', '..', 'worlds');

/** The names of all scenarios, in order. */
export function worldNames(): readonly string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json') && !file.endsWith('.expected.json'))
    .map((file) => file.slice(0, -'.json'.length))
    .sort();
}

/** A scenario and what it must come to. */
export function openWorld(name: string) {
  return {
    world: readWorld(readFileSync(join(folder, `${name}.json`), 'utf8')),
    wanted: readExpectation(readFileSync(join(folder, `${name}.expected.json`), 'utf8')),
  };
}
