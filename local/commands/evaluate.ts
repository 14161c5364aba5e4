/** `npm run evaluate`: how often the product is right on labelled entries, and how much of a month it leaves to a person. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { EvaluateError, readLabelledData, Unfinished } from '../evaluate/data.ts';
import { type Answerer, openExchange, openStandIn } from '../evaluate/exchange.ts';
import { type LabelledFirm, labelledFirm, type Models } from '../evaluate/labelled-firm.ts';
import { inOrder, openReplay, type ReplayResult, requestName, writeRequests } from '../evaluate/recorded.ts';
import { type Report, reportTable } from '../evaluate/report.ts';
import { type Run, runFirm } from '../evaluate/run.ts';
import { scoreAll } from '../evaluate/score.ts';
import { WorldError } from '../world/format.ts';

const USAGE =
  'Usage: npm run evaluate -- --data DIR [--model NAME] [--second NAME|off] [--record DIR] [--replay DIR] --out REPORT.json';

const DEFAULTS: Models = { first: 'claude-haiku-5-5', second: 'claude-sonnet-5-5' };

/** Exit status: 0 evaluated or recorded, 1 the months did not come through, 2 the command, the data or recorded files are wrong. */
export async function main(args: readonly string[], dist = 'dist'): Promise<number> {
  try {
    const options = { ...readOptions(args), dist };
    const data = readLabelledData(options.data);
    const firm = labelledFirm(data, options.models);
    const bodies = (options.record ?? options.replay) ? await requestsOf(firm, options) : [];
    if (options.record !== undefined && options.replay === undefined) {
      const others = writeRequests(options.record, bodies);
      console.log(
        `${bodies.length} requests written to ${options.record}; put each response beside it as NNNN.response.json.`,
      );
      const left = `${options.record}: holds ${others} more numbered requests of an earlier recording; they are not used`;
      const notes = others === 0 ? data.notes : [...data.notes, left];
      if (notes.length > 0) console.log(notes.join('\n'));
      writeJson(options.out, { data: options.data, models: options.models, recorded: bodies.length, notes });
      return 0;
    }
    const { run, answeredBy, replayed } = await evaluated(options, firm, bodies);
    const { outcomes, ...used } = run;
    const score = scoreAll(data.entries, outcomes);
    const report: Report = {
      data: options.data,
      answeredBy,
      models: options.models,
      ...score,
      ...used,
      unansweredRequests: replayed.unansweredRequests,
      problems: replayed.problems,
      followUps: replayed.followUps.map((_, index) => requestName(replayed.nextNumber + index)),
      notes: [...data.notes, ...replayed.notes],
    };
    writeJson(options.out, report);
    console.log(reportTable(report));
    if (replayed.followUps.length > 0) console.log(tellFollowUps(options, replayed));
    return 0;
  } catch (error) {
    if (error instanceof EvaluateError || error instanceof WorldError) {
      console.error(error.findings.join('\n'));
      return error instanceof Unfinished ? 1 : 2;
    }
    throw error;
  }
}

/** Writes what was asked once more where --record says, and says what to do next. */
function tellFollowUps({ record, replay }: Options, { followUps, nextNumber }: ReplayResult): string {
  const what = `${followUps.length} requests that ask once more`;
  if (record === undefined)
    return `${what} are not recorded: add --record ${replay ?? 'DIR'} to have them written, answer them and replay again.`;
  writeRequests(record, followUps, nextNumber);
  return `${what} are written to ${record}, from ${requestName(nextNumber)}; put them with their responses into ${replay ?? 'DIR'} and replay again.`;
}

interface Options {
  readonly data: string;
  readonly models: Models;
  readonly record: string | undefined;
  readonly replay: string | undefined;
  readonly out: string | undefined;
}

function readOptions(args: readonly string[]): Options {
  const text = { type: 'string' } as const;
  const values = parsed(() => {
    const options = { data: text, model: text, second: text, record: text, replay: text, out: text };
    return parseArgs({ args: [...args], options }).values;
  });
  const { data, record, replay, out } = values;
  if (data === undefined) throw new EvaluateError(['--data is missing', USAGE]);
  if (out === undefined && record === undefined) throw new EvaluateError(['--out is missing', USAGE]);
  const models = { first: values.model ?? DEFAULTS.first, second: values.second ?? DEFAULTS.second };
  return { data, models, record, replay, out };
}

function parsed<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw new EvaluateError([error instanceof Error ? error.message : String(error), USAGE]);
  }
}

/** With the folder of the built add-on. */
interface Setup extends Options {
  readonly dist: string;
}

interface Evaluated {
  readonly run: Run;
  readonly answeredBy: string;
  readonly replayed: ReplayResult;
}

const NOTHING_REPLAYED: ReplayResult = { unansweredRequests: 0, problems: [], followUps: [], nextNumber: 1, notes: [] };

/** Recorded responses where they are asked for, else Claude itself where there is a key, else the stand-in. */
async function evaluated(options: Setup, firm: LabelledFirm, bodies: readonly string[]): Promise<Evaluated> {
  const { models, replay, dist } = options;
  if (replay !== undefined) {
    const recorded = openReplay(replay, bodies, models);
    const { run } = await throughExchange(firm, options, recorded.answer);
    return { run, answeredBy: `recorded responses in ${replay}`, replayed: recorded.result() };
  }
  const claudeKey = process.env['ANTHROPIC_API_KEY'];
  if (claudeKey !== undefined && claudeKey !== '') {
    const run = await runFirm(firm, { dist, claudeKey });
    return { run, answeredBy: 'Claude', replayed: NOTHING_REPLAYED };
  }
  const standIn = await openStandIn(models);
  try {
    const { run } = await throughExchange(firm, options, standIn.answer);
    const answeredBy = 'a stand-in that matches words, not Claude (set ANTHROPIC_API_KEY to ask Claude)';
    return { run, answeredBy, replayed: NOTHING_REPLAYED };
  } finally {
    await standIn.close();
  }
}

/** Every request that the product makes of these data, in the order of their numbers. The stand-in answers meanwhile. */
async function requestsOf(firm: LabelledFirm, options: Setup): Promise<readonly string[]> {
  const standIn = await openStandIn(options.models);
  try {
    const { bodies } = await throughExchange(firm, options, standIn.answer);
    return inOrder(bodies, options.models);
  } finally {
    await standIn.close();
  }
}

async function throughExchange(firm: LabelledFirm, { models, dist }: Setup, answer: Answerer) {
  const exchange = await openExchange(models, answer);
  try {
    const run = await runFirm(firm, { dist, claudeUrl: exchange.url });
    return { run, bodies: exchange.bodies() };
  } finally {
    await exchange.close();
  }
}

function writeJson(file: string | undefined, value: unknown): void {
  if (file === undefined) return;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`);
}
