/** Bad luck and other people: what may happen while a phase runs, chosen by a seed. */
import type { Execution } from '../host/host.ts';
import type { Session } from '../world/session.ts';
import type { Random } from './random.ts';
import { REQUEST_FAULTS, SERVICES } from './sweep.ts';

/** A colleague who may neither push nor has connected anything. */
export const COLLEAGUE = 'colleague@firm.example';

/** A colleague with keys of her own, who may push. */
export const PARTNER = 'partner@firm.example';

export interface Disturbance {
  /** For the report of a seed that failed. */
  readonly said: readonly string[];
  /** Somebody changed what is billed, so the books need not be those of an undisturbed month. */
  edited: boolean;
  /** Executions of other people; all must have ended before anything is judged. */
  readonly others: Promise<unknown>[];
}

/** Arms a handful of disturbances for the executions that come. Counters must have been reset. */
export function disturb(session: Session, random: Random): Disturbance {
  const said: string[] = [];
  const made: Disturbance = { said, edited: false, others: [] };
  for (let count = random.whole(1, 5); count > 0; count -= 1)
    random.pick(KINDS)(session, random, made, (text) => said.push(text));
  return made;
}

type Kind = (session: Session, random: Random, made: Disturbance, say: (text: string) => void) => void;

const kill: Kind = (session, random, _, say) => {
  const execution = random.whole(1, 4);
  const call = random.chance(0.3) ? random.whole(1, 30) : random.whole(1, 240);
  const unflushed = random.pick(['half', 'applied', 'lost'] as const);
  say(`execution ${execution} killed after call ${call} (${unflushed})`);
  session.host.killAfter(execution, call, unflushed);
};

const badAnswer: Kind = (session, random, _, say) => {
  const service = random.pick(SERVICES);
  const fault = random.pick(REQUEST_FAULTS);
  const nth = random.whole(1, 12);
  say(`request ${nth} to ${service}: ${fault}`);
  session[service].addFault({ service, request: '* /', nth, fault });
};

const lateCommit: Kind = (session, random, _, say) => {
  // While the same execution goes on, or while the job waits. QuickBooks itself gives up after two minutes.
  const seconds = random.chance(0.5) ? random.whole(1, 8) : random.whole(9, 119);
  const fault = `commit ${seconds} seconds late${random.pick(['', ', status 500', ', status 503', ', status 504'])}`;
  const nth = random.whole(1, 3);
  // Creating and nothing else: what else is sent twice is told in docs/reliability.md.
  for (const request of ['POST /invoice', 'POST /estimate']) {
    session.quickbooks.addFault({ service: 'quickbooks', request, nth, fault });
  }
  say(`create ${nth} at quickbooks: ${fault}`);
};

const googleTrouble: Kind = (session, random, _, say) => {
  const call = random.pick(['spreadsheet', 'properties', 'script', 'mail', 'lock', 'fetch']);
  const nth = random.whole(1, call === 'spreadsheet' ? 120 : 12);
  const when = random.pick(['before', 'after'] as const);
  say(`call ${nth} of ${call} fails ${when} it took effect`);
  session.host.failNext({ call, nth, when });
};

interface Act {
  readonly text: string;
  readonly work: () => void;
}

/** Right after a call of the first executions, somebody does something. */
function meanwhile(choose: (session: Session, random: Random, made: Disturbance) => Act): Kind {
  return (session, random, made, say) => {
    const execution = random.whole(1, 2);
    const call = random.whole(2, 200);
    const { text, work } = choose(session, random, made);
    say(`in execution ${execution} after call ${call}: ${text}`);
    session.host.during(execution, call, work);
  };
}

const click = (session: Session, made: Disturbance, name: string, args: unknown, user?: string): void => {
  const how = { as: 'sidebar' as const, ...(user === undefined ? {} : { user }), counted: false };
  const done: Promise<Execution> = session.host.invoke('call', [JSON.stringify({ name, args })], how);
  made.others.push(done);
};

const secondClick = meanwhile((session, random, made) => {
  const name = random.pick([
    'startMonthEnd',
    'push',
    'continueJob',
    'updateDrafts',
    'approve',
    'status',
    'review',
    'sync',
  ]);
  const who = random.pick(['the manager', 'the manager', PARTNER, COLLEAGUE]);
  const user = who === 'the manager' ? undefined : who;
  return {
    text: `${who} presses ${name}`,
    work: () => click(session, made, name, name === 'approve' ? { invoices: 'all' } : {}, user),
  };
});

const typing = meanwhile((session, random, made) => {
  const [tab, where, set] = random.pick([
    ['Time entries', { Key: 'harvest:1001' }, { Notes: 'Final review of the deck, second half' }],
    ['SOW lines', { Line: 'A/1' }, { Rate: 190 }],
    ['SOW lines', { Line: 'A/2' }, { 'Included hours': 1.5 }],
    ['Time entries', { Key: 'harvest:1003' }, { 'SOW line': 'A/1' }],
    ['Time entries', { Key: 'harvest:1002' }, { Status: 'excluded' }],
  ] as const);
  return {
    text: `somebody types ${JSON.stringify(set)} into ${tab} ${JSON.stringify(where)}`,
    work: () => {
      made.edited = true;
      // The row may not have been pulled yet; then nobody can type into it.
      made.others.push(session.host.workbook.edit(tab, where, set).catch(() => []));
    },
  };
});

const sorting = meanwhile((session, random) => {
  const [tab, header] = random.pick([
    ['Time entries', 'Notes'],
    ['Time entries', 'Hours'],
    ['Invoice lines', 'Amount'],
    ['Invoices', 'Total'],
    ['SOW lines', 'Title'],
  ] as const);
  const ascending = random.chance(0.5);
  return {
    text: `somebody sorts ${tab} by ${header}`,
    work: () => session.host.workbook.sort(tab, header, ascending),
  };
});

const KINDS: readonly Kind[] = [
  kill,
  kill,
  badAnswer,
  badAnswer,
  lateCommit,
  googleTrouble,
  secondClick,
  secondClick,
  typing,
  sorting,
];
