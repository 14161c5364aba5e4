/** How good the past decisions are that the models are shown, measured on the labelled month: half of it is past, the other half is asked. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { examplesFrom, type Lesson, MOST_EXAMPLES } from '../../../src/lib/matching/examples.ts';
import type { LineTable, Question } from '../../../src/lib/matching/prompt.ts';
import { seededNumbers } from '../../../src/lib/matching/seeded.ts';
import { entry, line } from './build.ts';

interface Labelled {
  readonly id: string;
  readonly client: string;
  readonly harvest_project: string;
  readonly task: string;
  readonly notes: string;
  readonly gold: string;
}

const MONTH = readFileSync('samples/entries.jsonl', 'utf8')
  .trim()
  .split('\n')
  .map((row) => JSON.parse(row) as Labelled);
const SPLITS = 10;

const itemOf = ({ id, client, harvest_project: project, task, notes }: Labelled) =>
  entry({ key: `harvest:${id}`, client, project, task, notes });
const lineOf = ({ gold }: Labelled) => (gold === 'none' ? '' : gold);

/** Shares of the asked rows: those shown an example of their own line, by likeness and by lot, and those whose most like example is on it. */
function measured() {
  const random = seededNumbers('halves');
  const hits = { asked: 0, shown: 0, byLot: 0, nearest: 0 };
  for (let split = 0; split < SPLITS; split += 1) {
    const past = new Set(MONTH.filter(() => random() < 0.5));
    const lessons = [...past].map((one): Lesson => ({ item: itemOf(one), line: lineOf(one), corrected: () => false }));
    const find = examplesFrom(lessons);
    for (const one of MONTH.filter((row) => !past.has(row))) {
      const ofClient = [...past].filter((other) => other.client === one.client);
      const keys = [...new Set(ofClient.map(lineOf))].filter((key) => key !== '');
      const table: LineTable = { sows: [], lines: keys.map((key) => line({ line: key })) };
      const question: Question = { item: itemOf(one), candidates: keys };
      const shown = find(table, [question]);
      const chance = ofClient.filter((other) => lineOf(other) === lineOf(one)).length / Math.max(1, ofClient.length);
      hits.asked += 1;
      hits.shown += shown.some((example) => example.line === lineOf(one)) ? 1 : 0;
      hits.nearest += shown[0]?.line === lineOf(one) ? 1 : 0;
      // As many drawn by lot as were shown.
      hits.byLot += 1 - (1 - chance) ** shown.length;
    }
  }
  return hits;
}

it('the most like decision is mostly on the right line, far oftener than one by lot', () => {
  const { asked, shown, byLot, nearest } = measured();
  const percent = (many: number) => `${((100 * many) / asked).toFixed(1)} %`;
  const random = MONTH.reduce((sum, one) => {
    const same = MONTH.filter((other) => other.client === one.client);
    return sum + same.filter((other) => other.gold === one.gold).length / same.length / MONTH.length;
  }, 0);
  console.info(
    `examples, at most ${MOST_EXAMPLES}: ${percent(shown)} of the rows are shown one of their own line (by lot ${percent(byLot)}); ` +
      `the most like is on it for ${percent(nearest)} (one by lot: ${(100 * random).toFixed(1)} %)`,
  );
  expect(nearest / asked).toBeGreaterThan(random + 0.15);
  expect(shown / asked).toBeGreaterThan(0.85);
  expect(shown).toBeGreaterThan(byLot);
});
