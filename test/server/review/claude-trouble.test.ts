/** What goes wrong between the add-on and Claude, over the whole way: each ends in a row that waits or in a reason, and the rest goes on. */
import { afterAll, beforeAll, describe, it } from 'vitest';
import { readWorld } from '../../../local/world/format.ts';
import { runSteps } from '../../../local/world/run-world.ts';
import { openSession, type Session } from '../../../local/world/session.ts';
import { builtAddOn } from '../../support/worlds/built.ts';

let addOn: Awaited<ReturnType<typeof builtAddOn>>;
beforeAll(async () => {
  addOn = await builtAddOn();
});
afterAll(() => addOn.remove());

const CLIENTS = ['Acme', 'Zenith'];
const NOTES = ['Worked on the plan', 'Drew the second map', 'Met the board about fees'];

interface Firm {
  readonly clients?: readonly string[];
  readonly document?: string;
  readonly lines?: (client: string) => readonly object[];
  readonly faults?: readonly (readonly [nth: number | null, fault: string])[];
  readonly answers?: readonly object[];
}

/** Three entries for each client, one model, one request per client: Zenith's is the first, since Harvest lists the newest entry first. */
function worldOf({ clients = CLIENTS, document, lines, faults = [], answers }: Firm) {
  const sow = (client: string) => `${client.toUpperCase()}-1`;
  const work = clients.flatMap((_, at) =>
    NOTES.map((notes, n) => ({ notes: `${notes} of ${clients[at]}`, at, id: 1001 + 10 * at + n })),
  );
  return readWorld(
    JSON.stringify({
      harvest: {
        clients: clients.map((name, at) => ({ id: at + 1, name, currency: 'USD' })),
        projects: clients.map((_, at) => ({ id: at + 1, name: 'Strategy', client: { id: at + 1 } })),
        tasks: [{ id: 1, name: 'Consulting' }],
        users: [{ id: 1, first_name: 'Ana', last_name: 'Ruiz', roles: [] }],
        time_entries: work.map(({ notes, at, id }) => ({
          id,
          spent_date: '2026-10-14',
          hours: 2,
          notes,
          user: { id: 1 },
          client: { id: at + 1 },
          project: { id: at + 1 },
          task: { id: 1 },
        })),
      },
      quickbooks: {
        Customer: clients.map((DisplayName) => ({ DisplayName })),
        Item: [{ Name: 'Consulting', Type: 'Service' }],
      },
      claude: {
        answers:
          answers ??
          clients.flatMap((client) =>
            NOTES.map((notes) => ({ notes: `${notes} of ${client}`, line: `${sow(client)}/1`, confidence: 0.97 })),
          ),
      },
      workbook: {
        Settings: {
          'First period': '2026-10',
          'Second opinion on': 'off',
          'Audit sample': 0,
          'Confidence threshold': 0.1,
        },
        Clients: clients.map((Client) => ({ Client, 'QuickBooks customer': Client, Currency: 'USD' })),
        SOWs: clients.map((Client) => ({ SOW: sow(Client), Client, Title: 'Plan', Active: 'yes' })),
        'SOW lines': clients.flatMap(
          (client) =>
            lines?.(sow(client)) ?? [
              {
                Line: `${sow(client)}/1`,
                SOW: sow(client),
                Title: 'Plan, map and board',
                Description: 'Worked on the plan, drew maps, met the board about fees',
                Billing: 'hourly',
                Rate: 100,
                'QuickBooks item': 'Consulting',
              },
            ],
        ),
      },
      ...(document === undefined
        ? {}
        : { documents: Object.fromEntries(clients.map((client) => [sow(client), document])) }),
      steps: [],
      faults: faults.map(([nth, fault]) => ({
        service: 'claude',
        request: 'POST /messages',
        ...(nth === null ? {} : { nth }),
        fault,
      })),
    }),
  );
}

interface Seen {
  readonly errors: readonly string[];
  /** Status and flags of each entry, by client. */
  readonly rows: Readonly<Record<string, readonly string[]>>;
  readonly invoices: Readonly<Record<string, string>>;
  readonly requests: number;
}

async function monthEnd(session: Session, world: ReturnType<typeof worldOf>): Promise<Seen> {
  const result = await runSteps(session, { ...world, steps: [{ do: 'month-end', period: '2026-10' }] });
  const rows: Record<string, string[]> = {};
  for (const row of result.workbook['Time entries'] ?? []) {
    const client = String(row['Client']);
    rows[client] = [...(rows[client] ?? []), [row['Status'], row['Flags']].filter((cell) => cell !== '').join(': ')];
  }
  const invoices = (result.workbook['Invoices'] ?? []).map((row) => [String(row['Client']), String(row['Status'])]);
  return {
    errors: result.errors.map(({ message }) => message),
    rows,
    invoices: Object.fromEntries(invoices),
    requests: result.runs[0]?.requests.claude ?? 0,
  };
}

async function seen(firm: Firm, before?: (session: Session) => Promise<unknown>): Promise<Seen> {
  const world = worldOf(firm);
  const session = await openSession(world, { dist: addOn.dist });
  try {
    await before?.(session);
    return await monthEnd(session, world);
  } finally {
    await session.close();
  }
}

const auto = ['auto', 'auto', 'auto'];
const unanswered = Array<string>(3).fill('flagged: not answered');
const untouched = ['new', 'new', 'new'];

describe('an answer that is not as asked', () => {
  it.for([
    [
      'refused with status 200, also in halves',
      [
        [1, 'refusal'],
        [3, 'refusal'],
        [4, 'refusal'],
      ],
      unanswered,
    ],
    ['refused once', [[1, 'refusal']], auto],
    [
      'cut off, also in halves',
      [
        [1, 'cut'],
        [3, 'cut'],
        [4, 'cut'],
      ],
      unanswered,
    ],
    ['cut off once', [[1, 'cut']], auto],
    [
      'no JSON, twice',
      [
        [1, 'invalid JSON'],
        [3, 'invalid JSON'],
      ],
      unanswered,
    ],
    [
      'no text at all, twice',
      [
        [1, 'empty'],
        [3, 'empty'],
      ],
      unanswered,
    ],
    [
      'a row left out, twice',
      [
        [1, 'missing ref'],
        [3, 'missing ref'],
      ],
      ['flagged: not answered', 'auto', 'auto'],
    ],
    ['a row left out once', [[1, 'missing ref']], auto],
    [
      'a line that does not exist, twice',
      [
        [1, 'unknown line'],
        [3, 'unknown line'],
      ],
      ['flagged: not answered', 'auto', 'auto'],
    ],
    ['a row that was not asked', [[1, 'unasked ref']], auto],
    ['refs in the other letter case', [[1, 'case drift']], auto],
    ['a thinking block first', [[1, 'thinking first']], auto],
  ] as const)('%s: only its rows wait, the other client is ready', async ([, faults, zenith], { expect }) => {
    const found = await seen({ faults: faults.map(([nth, fault]) => [nth, `answer: ${fault}`] as const) });
    expect({ ...found, requests: 0 }).toEqual({
      errors: [],
      rows: { Acme: auto, Zenith: zenith },
      invoices: zenith.includes('auto')
        ? { Acme: 'draft', Zenith: zenith === auto ? 'draft' : 'held' }
        : { Acme: 'draft' },
      requests: 0,
    });
  });
});

describe('one request that is never readable', () => {
  it('its rows wait for a person, the other client is drafted and the month is done', async ({ expect }) => {
    // Zenith's own request stands first; once it alone is left, each try comes after the question whether Claude answers at all.
    const found = await seen({ faults: [1, 4, 6, 8].map((nth) => [nth, 'malformed body'] as const) });
    expect(found).toMatchObject({
      errors: [],
      rows: { Acme: auto, Zenith: unanswered },
      invoices: { Acme: 'draft' },
    });
  });

  it('readable at the fourth try: nothing is left of it', async ({ expect }) => {
    const found = await seen({ faults: [1, 4, 6].map((nth) => [nth, 'malformed body'] as const) });
    expect(found).toMatchObject({ errors: [], rows: { Acme: auto, Zenith: auto } });
  });
});

describe('matching that has to wait', () => {
  it('drafts the client whose rows are all decided, and holds the other', async ({ expect }) => {
    const world = worldOf({});
    const session = await openSession(world, { dist: addOn.dist });
    try {
      await session.ask('disconnect', { service: 'claude' });
      await monthEnd(session, world);
      for (const row of session.host.workbook.rows('Time entries').filter(({ Client }) => Client === 'Acme')) {
        const decided = { Status: 'approved', 'SOW line': 'ACME-1/1', 'Decided by': 'ana@brook.example' };
        await session.host.workbook.edit('Time entries', { Key: String(row['Key']) }, decided);
      }
      const found = await monthEnd(session, world);
      expect(found.errors.join(' ')).toContain(
        'What is matched is drafted. 3 time entries and expenses of Zenith wait to be matched and hold their clients.',
      );
      expect(found.invoices).toEqual({ Acme: 'draft' });
      await session.ask('connectClaude', { key: 'sample-claude-key' });
      const end = await monthEnd(session, world);
      expect([end.errors, end.invoices]).toEqual([[], { Acme: 'draft', Zenith: 'draft' }]);
    } finally {
      await session.close();
    }
  });
});

describe('a service that does not answer', () => {
  it.for([
    ['no key', null, /Claude.*[Cc]onnect/, untouched],
    ['a wrong key', 'expire token', /does not accept the key.*press Connect Claude/, untouched],
    ['the spend limit', 'spend limit', /spend limit of the Claude account is reached until 2026-12-01/, untouched],
    [
      'the monthly cap of the tier, 429 without a time',
      'monthly cap',
      /spend limit of the Claude account is reached/,
      untouched,
    ],
    ['overload without end', 'status 529', /Claude/, untouched],
  ] as const)('%s: the work says why and what to do, and nothing is lost', async ([, fault, why, rows], { expect }) => {
    const found = await seen(
      fault === null ? {} : { faults: [[null, fault]] },
      fault === null ? (session) => session.ask('disconnect', { service: 'claude' }) : undefined,
    );
    expect(found.errors.join(' ')).toMatch(why);
    expect(found.rows).toEqual({ Acme: rows, Zenith: rows });
  });

  it.for([
    ['429 with a time to wait', 'status 429'],
    ['overload', 'status 529'],
    ['an answer that is no JSON at all', 'malformed body'],
    ['a connection that breaks off', 'drop before commit'],
  ] as const)('%s, once: it is tried again and the month is done', async ([, fault], { expect }) => {
    const found = await seen({ faults: [[1, fault]] });
    expect(found).toMatchObject({ errors: [], rows: { Acme: auto, Zenith: auto } });
  });

  it('a key that is made good again carries the month on', async ({ expect }) => {
    const world = worldOf({});
    const session = await openSession(world, { dist: addOn.dist });
    try {
      await session.ask('disconnect', { service: 'claude' });
      expect((await monthEnd(session, world)).errors).toHaveLength(1);
      await session.ask('connectClaude', { key: 'sample-claude-key' });
      expect(await monthEnd(session, world)).toMatchObject({ errors: [], rows: { Acme: auto, Zenith: auto } });
    } finally {
      await session.close();
    }
  });
});

describe('SOWs of every size', () => {
  const many = (sow: string) =>
    Array.from({ length: 60 }, (_, n) => ({
      Line: `${sow}/${n + 1}`,
      SOW: sow,
      Title: n === 41 ? 'Maps' : `Part ${n + 1}`,
      Description: n === 41 ? 'Drew maps of the second kind' : `Scope of part ${n + 1}`,
      Billing: 'hourly',
      Rate: 100,
      'QuickBooks item': 'Consulting',
    }));

  it.for([
    ['no text', ''],
    ['a text over 50,000 characters', 'The plan covers maps and the board. '.repeat(1_600)],
  ] as const)('%s: the month is done', async ([, document], { expect }) => {
    const found = await seen(document === '' ? {} : { document });
    expect(found).toMatchObject({ errors: [], rows: { Acme: auto, Zenith: auto } });
  });

  it('a text over 100,000 tokens: the models see its beginning, so a person looks at the rows', async ({ expect }) => {
    const found = await seen({ document: 'The plan covers maps and the board. '.repeat(14_000) });
    const cut = auto.map(() => 'flagged: SOW text cut');
    expect(found).toMatchObject({ errors: [], rows: { Acme: cut, Zenith: cut } });
  });

  it('a client with 60 lines: each can be named', async ({ expect }) => {
    const answers = NOTES.map((notes) => ({ notes: `${notes} of Acme`, line: 'ACME-1/42', confidence: 0.97 }));
    const world = worldOf({ clients: ['Acme'], lines: many, answers });
    const session = await openSession(world, { dist: addOn.dist });
    try {
      expect(await monthEnd(session, world)).toMatchObject({ errors: [], rows: { Acme: auto } });
      const lines = session.host.workbook.rows('Time entries').map((row) => row['SOW line']);
      expect(lines).toEqual(['ACME-1/42', 'ACME-1/42', 'ACME-1/42']);
    } finally {
      await session.close();
    }
  });

  it('no line is active in the month: the rows say so, and no model is asked', async ({ expect }) => {
    const ended = (sow: string) => [
      {
        Line: `${sow}/1`,
        SOW: sow,
        Title: 'Plan',
        Billing: 'hourly',
        Rate: 100,
        Ends: '2026-09-30',
        'QuickBooks item': 'Consulting',
      },
    ];
    const found = await seen({ clients: ['Acme'], lines: ended });
    expect(found).toMatchObject({ errors: [], rows: { Acme: Array(3).fill('flagged: no candidate') }, requests: 0 });
  });
});
