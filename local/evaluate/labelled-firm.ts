/** A firm made of labelled data, as a scenario. The labels are never put into it. */
import type { World } from '../world/format.ts';
import type { LabelledData, LabelledEntry, LabelledLine } from './data.ts';
import { firstSpelling, foldName, sameName } from './names.ts';

/** Which models are asked, and when the second is. */
export interface Models {
  readonly first: string;
  /** `off`: no second opinion. */
  readonly second: string;
}

export interface LabelledFirm {
  readonly world: World;
  /** The row's key in the workbook for each entry, in the order of the entries. */
  readonly keys: readonly string[];
}

/** Ids in Harvest begin here. */
const FIRST_ID = 1001;

/**
 * Clients, SOWs and projects that differ only in case or outer blanks are one, as in the product. A SOW that two clients use is a SOW of
 * each of them. A line without a project opens its SOW to all projects of the client.
 *
 * Everything comes from the data: clients, SOWs and projects from its lines and entries. The latest month is run, and with it all earlier
 * ones, as late entries are: one run, so that nothing is asked about twice. Amounts, which matching does not read, are set to 1; no rows are
 * set aside for an audit, since the labels audit all of them.
 */
export function labelledFirm(data: LabelledData, models: Models): LabelledFirm {
  const clientOf = firstSpelling([...data.lines, ...data.entries].map((one) => one.client));
  const withClient = <T extends { readonly client: string }>(one: T): T => ({ ...one, client: clientOf(one.client) });
  const lines = data.lines.map(withClient);
  const entries = data.entries.map(withClient);
  const sows = sowsOf(lines, data.documents);
  const clients = numbered([...lines.map((line) => line.client), ...entries.map((entry) => entry.client)]);
  const projects = numbered([...lines, ...entries].map(projectOf).filter((name) => name !== null));
  const tasks = numbered(entries.map((entry) => entry.task || 'Work'));
  const people = numbered(entries.map(personOf));
  const months = [...new Set(entries.map((entry) => entry.date.slice(0, 7)))].sort();
  const second = models.second === 'off' ? {} : { 'Second opinion model': models.second };
  return {
    keys: entries.map((_, index) => `harvest:${FIRST_ID + index}`),
    world: {
      name: 'labelled data',
      timeZone: 'America/New_York',
      harvest: {
        clients: [...clients].map(([name, id]) => ({ id, name, currency: 'USD' })),
        projects: [...projects].map(([pair, id]) => {
          const [client = '', name = ''] = JSON.parse(pair) as string[];
          return { id, name, client: { id: clients.get(client) } };
        }),
        tasks: [...tasks].map(([name, id]) => ({ id, name })),
        users: [...people].map(([pair, id]) => {
          const [name = '', role = ''] = JSON.parse(pair) as string[];
          const [first = '', ...rest] = name.split(' ');
          return { id, first_name: first, last_name: rest.join(' '), roles: role === '' ? [] : [role] };
        }),
        time_entries: entries.map((entry, index) => {
          const project = projectOf(entry);
          return {
            id: FIRST_ID + index,
            spent_date: entry.date,
            hours: entry.hours,
            notes: entry.notes,
            user: { id: people.get(personOf(entry)) },
            client: { id: clients.get(entry.client) },
            ...(project === null ? {} : { project: { id: projects.get(project) } }),
            task: { id: tasks.get(entry.task || 'Work') },
          };
        }),
        expense_categories: [],
        expenses: [],
      },
      quickbooks: {
        Customer: [...clients.values()].map((id) => ({ DisplayName: customerName(id) })),
        Item: [{ Name: 'Consulting', Type: 'Service' }],
      },
      workbook: {
        Settings: {
          'First period': months[0] ?? '',
          'Audit sample': 0,
          'Classification model': models.first,
          'Second opinion on': models.second === 'off' ? 'off' : 'every row',
          ...second,
        },
        Clients: [...clients].map(([name, id]) => ({
          Client: name,
          'QuickBooks customer': customerName(id),
          Currency: 'USD',
        })),
        SOWs: sows.map(({ SOW, Client, Projects, Title, Active }) => ({ SOW, Client, Projects, Title, Active })),
        'SOW lines': lines.map((line) => ({
          Line: line.line,
          SOW: sows.find((sow) => sow.holds(line))?.SOW ?? line.sow,
          Title: line.title === '' ? line.line : line.title,
          Description: line.description,
          ...TERMS[line.billing],
          'QuickBooks item': 'Consulting',
          Starts: line.starts,
          Ends: line.ends,
        })),
        Rates: [],
      },
      documents: Object.fromEntries(sows.flatMap(({ SOW, text }) => (text === '' ? [] : [[SOW, text] as const]))),
      steps: months.slice(-1).map((period) => ({ do: 'month-end', period }) as const),
    },
  };
}

/** The data's billing words in those of the workbook. */
const TERMS: Readonly<Record<LabelledLine['billing'], Readonly<Record<string, string | number>>>> = {
  fixed_fee: { Billing: 'milestone', Fee: 1 },
  unit_fee: { Billing: 'milestone', Fee: 1 },
  fixed_monthly: { Billing: 'fixed monthly', Fee: 1 },
  hourly: { Billing: 'hourly', Rate: 1 },
  hourly_nte: { Billing: 'hourly', Rate: 1 },
  retainer: { Billing: 'retainer', Fee: 1, 'Included hours': 1, Rate: 1 },
  pass_through: { Billing: 'expense' },
};

/** A name that QuickBooks takes, whatever the client is called; nothing is pushed here. */
function customerName(id: number): string {
  return `Customer ${id}`;
}

/** A row of the tab SOWs, with its text and which lines belong to it. */
interface FirmSow {
  readonly SOW: string;
  readonly Client: string;
  readonly Projects: string;
  readonly Title: string;
  readonly Active: 'yes';
  readonly text: string;
  holds(line: LabelledLine): boolean;
}

function sowsOf(lines: readonly LabelledLine[], documents: LabelledData['documents']): readonly FirmSow[] {
  const groups = new Map<string, LabelledLine[]>();
  for (const line of lines) {
    const key = JSON.stringify([foldName(line.sow), line.client]);
    groups.set(key, [...(groups.get(key) ?? []), line]);
  }
  const taken = new Set<string>();
  return [...groups.values()].flatMap((ofSow) => {
    const [head] = ofSow;
    if (head === undefined) return [];
    const shared = taken.has(foldName(head.sow));
    taken.add(foldName(head.sow));
    const projects = new Set(ofSow.map((line) => line.harvest_project));
    const text = ofSow.map((line) => documents[line.sow]).find((one) => one !== undefined) ?? '';
    return [
      {
        SOW: shared ? `${head.sow} (${head.client})` : head.sow,
        Client: head.client,
        Projects: projects.has('') ? '' : [...projects].join(', '),
        Title: titleOf(text) || head.sow,
        Active: 'yes' as const,
        text,
        holds: (line: LabelledLine) => line.client === head.client && sameName(line.sow, head.sow),
      },
    ];
  });
}

/** The document's first heading. */
function titleOf(text: string): string {
  return (/^#+\s+(.+)$/m.exec(text)?.[1] ?? '').trim();
}

function projectOf(item: LabelledLine | LabelledEntry): string | null {
  return item.harvest_project !== '' ? JSON.stringify([item.client, item.harvest_project]) : null;
}

function personOf(entry: LabelledEntry): string {
  return JSON.stringify([entry.person || 'Somebody', entry.role]);
}

function numbered(names: readonly string[]): ReadonlyMap<string, number> {
  return new Map([...new Set(names)].map((name, index) => [name, index + 1]));
}
