/** Every state in which kills can leave a piece of work, however many there are, and where each leads. */
import type { Execution, Unflushed } from '../host/host.ts';
import type { Session } from '../world/session.ts';
import { type Course, type Heard, momentOf, openAtMoment, type Standing } from './courses.ts';
import { differenceOf, type Essence, essenceOf } from './essence.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { Prepared } from './phases.ts';
import { type Random, randomOf } from './random.ts';

export const UNFLUSHED: readonly Unflushed[] = ['half', 'applied', 'lost'];

/** One state: its number, and what its next execution leads to. */
export interface State {
  readonly number: number;
  /** The same for the same state: what was heard and the fingerprint. */
  readonly name: string;
  /** How it was met first: the kills on the way, in words. */
  readonly path: readonly string[];
  /** The least number of kills that leads here. */
  readonly kills: number;
  /**
   * State after a kill at call 1, 2, ... of the execution that comes next, in the order of UNFLUSHED, or only one where nothing was unflushed.
   * Empty at the end of the work, and where no further kill was asked for.
   */
  readonly killed: readonly (readonly number[])[];
  /** State after that execution when nothing kills it; null at the end of the work. */
  readonly ended: number | null;
  /** At the end of the work: what is not as in an undisturbed run. */
  readonly problem: string | null;
}

export interface Explored {
  readonly states: readonly State[];
  /** Service calls of the undisturbed work. */
  readonly calls: number;
  /** The end of undisturbed work. */
  readonly essence: Essence;
  /** Ways to kill twice: every call of the first execution, then every call of the next, with all that can become of unflushed writes. */
  readonly pairs: number;
  /** Most executions that a state takes to the end without further kills; Infinity where one never comes to an end. */
  readonly longest: number;
  readonly problems: readonly string[];
}

/** More states than this: the fingerprint lets something through that only counts. */
const MOST_STATES = 5000;

export interface ExploreOptions {
  /** How many kills one after the other; all that there can be when left out. */
  readonly kills?: number;
  /** Looks at an end besides comparing it; each broken rule is a sentence. */
  readonly rules?: (session: Session) => readonly string[];
}

/**
 * Runs the work from every state that kills can lead to. While an execution runs, it is worked out after each of its service calls what would
 * last if it were killed there (`Moment.ifKilled`); what was not met before is a new state, from which the work is run in its turn. With
 * `kills` without a limit it ends when no new state appears: then any number of kills at any calls leads through states that were run.
 */
export async function explore(
  prepared: Prepared,
  course: Course,
  root: Standing,
  { kills = Number.POSITIVE_INFINITY, rules }: ExploreOptions = {},
): Promise<Explored> {
  const essence = await calmEnd(prepared, course, root);
  const numbers = new Map<string, number>();
  const met: Met[] = [];
  const states: State[] = [];
  /** Numbers of states to run, by how many kills lead there at least. */
  const waiting: number[][] = [];
  const numberOf = (standing: Standing, killsBefore: number, path: () => readonly string[]): number => {
    const name = nameOf(standing);
    const number = numbers.get(name) ?? numbers.size;
    const known = met[number];
    if (known === undefined && number >= MOST_STATES) throw new Error(`More than ${MOST_STATES}: ${path().join(', ')}`);
    if (known === undefined || known.kills > killsBefore) {
      numbers.set(name, number);
      met[number] = { name, standing, kills: killsBefore, path: path() };
      waiting[killsBefore] = [...(waiting[killsBefore] ?? []), number];
    }
    return number;
  };
  numberOf(root, 0, () => []);
  for (let level = 0; level < waiting.length; level += 1) {
    for (let next = waiting[level]?.shift(); next !== undefined; next = waiting[level]?.shift()) {
      const from = met[next];
      if (from === undefined || from.kills < level) continue;
      const { name, standing, path } = from;
      const number = next;
      const made = { number, name, path, kills: level };
      const session = await openAtMoment(prepared, standing.moment);
      try {
        const act = await course.next(session, standing.heard);
        if (act === null) {
          const problem = differenceOf(essence, essenceOf(session)) ?? rules?.(session)[0] ?? leftOver(session);
          states[number] = { ...made, killed: [], ended: null, problem };
          continue;
        }
        const killed: number[][] = [];
        session.host.resetCounters();
        if (level < kills) {
          session.host.watch(({ serviceCall, unflushedWrites, ifKilled }) => {
            const quickbooks = session.quickbooks.state();
            const after = (unflushed: Unflushed): number =>
              numberOf({ moment: { host: ifKilled(unflushed), quickbooks }, heard: 'nothing' }, level + 1, () => [
                ...path,
                killText(serviceCall, unflushed),
              ]);
            killed[serviceCall - 1] = unflushedWrites === 0 ? [after('lost')] : UNFLUSHED.map(after);
          });
        }
        const execution = await act();
        const after = { moment: momentOf(session), heard: course.heard(execution) };
        const ended = numberOf(after, level, () => [...path, 'to its end']);
        states[number] = { ...made, killed, ended, problem: null };
      } finally {
        await session.close();
      }
      // What was run needs no keeping.
      met[next] = { ...from, standing: { ...standing, moment: root.moment } };
    }
  }
  return { states, essence, ...judged(course, states) };
}

interface Met {
  readonly name: string;
  readonly standing: Standing;
  readonly kills: number;
  readonly path: readonly string[];
}

function judged(course: Course, states: readonly State[]): Omit<Explored, 'states' | 'essence'> {
  const lines = states.map((state) => lineFrom(states, state));
  const ways = (line: readonly State[]): number =>
    line.reduce((sum, { killed }) => sum + killed.length * UNFLUSHED.length, 0);
  const [calm = []] = lines;
  const afterOne = calm
    .flatMap(({ killed }) => killed)
    .flatMap((after) => UNFLUSHED.map((_, which) => after[which] ?? after[0] ?? -1));
  const pairs = afterOne.reduce((sum, number) => sum + ways(lines[number] ?? []), 0);
  const problems = states.flatMap(({ path, problem }) =>
    problem === null ? [] : [`${course.name}, ${path.join(', ') || 'undisturbed'}: ${problem}`],
  );
  const endless = states.filter((_, index) => lines[index]?.at(-1)?.ended !== null);
  return {
    calls: calm.reduce((sum, { killed }) => sum + killed.length, 0),
    pairs,
    longest: Math.max(...lines.map((line) => line.length - 1)),
    problems: [...problems, ...endless.map(({ path }) => `${course.name}, ${path.join(', ')}: never ends`)],
  };
}

/** A state and those after it when nothing more is killed, up to the end of the work. */
function lineFrom(states: readonly State[], from: State): readonly State[] {
  const line = [from];
  for (let { ended } = from; ended !== null && line.length <= states.length; ) {
    const state = states[ended];
    if (state === undefined) break;
    line.push(state);
    ended = state.ended;
  }
  return line;
}

/**
 * Kills for real, at places chosen by a seed, in one session without going back to any state, and compares after every execution with what was
 * found by `explore`: the same state, after as many service calls. Gives the differences.
 */
export async function compareWithReal(
  prepared: Prepared,
  course: Course,
  root: Standing,
  { states, essence }: Explored,
  seed: number,
  kills: number,
): Promise<readonly string[]> {
  const random = randomOf(seed);
  const session = await openAtMoment(prepared, root.moment);
  const said: string[] = [];
  try {
    let state = states[0];
    let heard: Heard = root.heard;
    for (let turn = 0; ; turn += 1) {
      const act = await course.next(session, heard);
      if (state === undefined || (act === null) !== (state.ended === null)) return [`${said.join(', ')}: other end`];
      if (act === null) {
        const problem = differenceOf(essence, essenceOf(session));
        return problem === null ? [] : [`${said.join(', ')}: ${problem}`];
      }
      session.host.resetCounters();
      const kill = turn < kills ? killOf(state, random) : null;
      if (kill !== null) session.host.killAfter(1, kill.call, UNFLUSHED[kill.which] ?? 'half');
      const execution: Execution = await act();
      heard = course.heard(execution);
      said.push(kill === null ? 'to its end' : killText(kill.call, UNFLUSHED[kill.which] ?? 'half'));
      const after = kill === null ? [] : (state.killed[kill.call - 1] ?? []);
      const expected: number | null | undefined = kill === null ? state.ended : (after[kill.which] ?? after[0]);
      if (kill !== null && execution.serviceCalls !== kill.call) return [`${said.join(', ')}: was not killed there`];
      const found = nameOf({ moment: momentOf(session), heard });
      state = states[expected ?? -1];
      if (state === undefined || state.name !== found) return [`${said.join(', ')}: another state than ${expected}`];
    }
  } finally {
    await session.close();
  }
}

function killOf(state: State, random: Random): { readonly call: number; readonly which: number } {
  return { call: random.whole(1, state.killed.length), which: random.whole(0, UNFLUSHED.length - 1) };
}

/** The end of the work when nothing disturbs it. */
async function calmEnd(prepared: Prepared, course: Course, root: Standing): Promise<Essence> {
  const session = await openAtMoment(prepared, root.moment);
  try {
    let { heard } = root;
    for (let turn = 0; turn < 10; turn += 1) {
      const act = await course.next(session, heard);
      if (act === null) return essenceOf(session);
      heard = course.heard(await act());
    }
    throw new Error(`The undisturbed ${course.name} did not end.`);
  } finally {
    await session.close();
  }
}

function nameOf({ moment, heard }: Standing): string {
  return `${heard} ${fingerprintOf(moment)}`;
}

function killText(call: number, unflushed: Unflushed): string {
  return `killed after call ${call} (${unflushed})`;
}

/** Nothing may be left that would fire for work that is over. */
function leftOver(session: Session): string | null {
  const pending = session.host.triggers().filter((each) => each.handler === 'onContinue' && each.nextFire !== null);
  return pending.length === 0 ? null : 'a trigger is left that goes on with nothing';
}
