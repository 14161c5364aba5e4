import { writeFileSync } from 'node:fs';
import { KINDS } from './kinds.ts';
import { live } from './life.ts';
import { makeWorld } from './make-world.ts';
import { shrink } from './shrink.ts';

/**
 * Many worlds by hand, after bundling: `npx esbuild test/lib/billing/against-naive/hunt.ts --bundle --platform=node
 * --format=esm --outfile=.build/hunt.mjs`, then `node .build/hunt.mjs KIND FROM COUNT [SHOW] [DUMP]`.
 */
const [kindName = '0', from = '1', count = '1000', show = '3', dump = ''] = process.argv.slice(2);
const kind = Object.values(KINDS)[Number(kindName)];
if (kind === undefined) throw new Error(`kinds: ${Object.keys(KINDS).join('; ')}`);
let compared = 0;
const failing: number[] = [];
for (let seed = Number(from); seed < Number(from) + Number(count); seed += 1) {
  const world = makeWorld(seed, kind);
  const told = live(world);
  compared += told.compared;
  if (told.difference === null) continue;
  failing.push(seed);
  if (failing.length > Number(show)) continue;
  const small = shrink(world);
  const difference = live(small).difference;
  console.log(`seed ${seed} at step ${difference?.step}: ${difference?.what.join('\n  ')}`);
  const { entries, expenses, terms, steps } = small;
  const tell = (row: object): string =>
    JSON.stringify(Object.fromEntries(Object.entries(row).filter(([, value]) => value !== '' && value !== null)));
  console.log(`  first ${small.firstPeriod} ${tell(terms.client)} ${tell(terms.settings)}`);
  for (const row of [...terms.sows, ...terms.sowLines, ...terms.rates, ...entries, ...expenses, ...steps])
    console.log(`  ${tell(row)}`);
  if (dump !== '')
    writeFileSync(`${dump}-${seed}.json`, JSON.stringify({ world: small, books: difference?.books }, null, 1));
}
console.log(
  `${count} worlds, ${compared} drafts compared, ${failing.length} differ: ${failing.slice(0, 20).join(' ')}`,
);
