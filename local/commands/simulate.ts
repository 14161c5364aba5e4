/** `npm run simulate`: months with random bad luck, by seed. */
import { parseArgs } from 'node:util';
import { PARTNER } from '../simulate/disturb.ts';
import { openAt, PHASES, type Prepared, prepare } from '../simulate/phases.ts';
import { type Books, booksOf, liveThrough, type SeedReport } from '../simulate/seed.ts';
import { type SmallMonthOptions, smallMonth } from '../simulate/small-month.ts';

const USAGE = 'Usage: npm run simulate -- --seeds A..B    months with random faults, kills and other people';

/** Exit status: 0 all is well, 1 something is not (the seed is printed), 2 the command is wrong. */
export async function main(args: readonly string[]): Promise<number> {
  const options = readOptions(args);
  if (options === null) {
    console.error(USAGE);
    return 2;
  }
  return liveSeeds(options.from, options.to);
}

interface Options {
  readonly from: number;
  readonly to: number;
}

function readOptions(args: readonly string[]): Options | null {
  try {
    const { values } = parseArgs({ args: [...args], options: { seeds: { type: 'string' } } });
    const [, from, to] = /^(\d+)(?:\.\.(\d+))?$/.exec(values.seeds ?? '') ?? [];
    return from === undefined ? null : { from: Number(from), to: Number(to ?? from) };
  } catch {
    return null;
  }
}

/** Kinds of firm and of QuickBooks; a seed always meets the same one. */
const FIRMS: readonly (SmallMonthOptions & { readonly forgetful?: boolean; readonly doubleNumbers?: boolean })[] = [
  { second: true },
  { second: true, automaticNumbers: true },
  { second: true, client: { 'Time detail': 'attached' } },
  { second: true, settings: { 'Push as': 'estimate' } },
  { second: true, forgetful: true },
  { second: true, automaticNumbers: true, forgetful: true, client: { 'Time detail': 'in description' } },
  { second: true, settings: { 'Push as': 'estimate' }, automaticNumbers: true, forgetful: true },
  { second: true, forgetful: true, doubleNumbers: true },
];

const MANAGER = 'manager@firm.example';

async function liveSeeds(from: number, to: number): Promise<number> {
  const firms: { prepared: Prepared; books: Books }[] = [];
  for (const { forgetful, doubleNumbers, ...options } of FIRMS) {
    const settings = { 'Who may push': `${MANAGER}, ${PARTNER}`, ...options.settings };
    const made = await prepare(smallMonth({ ...options, settings }), 'dist', [PARTNER]);
    const prepared = {
      ...made,
      assumptions: { replaysRequests: forgetful !== true },
      allowDuplicateNumbers: doubleNumbers === true,
    };
    firms.push({ prepared, books: await undisturbed(prepared) });
  }
  let failed = 0;
  let most = 0;
  const started = Date.now();
  for (let seed = from; seed <= to; seed += 1) {
    const firm = firms[seed % firms.length];
    if (firm === undefined) continue;
    const report = await liveThrough(seed, firm.prepared, firm.books);
    most = Math.max(most, report.executions);
    if (report.problems.length > 0) {
      failed += 1;
      console.log(told(report));
    }
    if ((seed - from + 1) % 100 === 0) console.log(`${seed - from + 1} seeds, ${failed} failed`);
  }
  const seconds = Math.round((Date.now() - started) / 1000);
  console.log(
    `${to - from + 1} seeds (${from}..${to}), ${failed} failed, at most ${most} executions by itself after the last fault, ${seconds} s`,
  );
  return failed === 0 ? 0 : 1;
}

async function undisturbed(prepared: Prepared): Promise<Books> {
  const session = await openAt(prepared, 'push');
  try {
    await PHASES.push.begin(session);
    return booksOf(session);
  } finally {
    await session.close();
  }
}

function told({ seed, said, problems }: SeedReport): string {
  return [`Seed ${seed} failed:`, ...problems.map((text) => `  ! ${text}`), ...said.map((text) => `  - ${text}`)].join(
    '\n',
  );
}
