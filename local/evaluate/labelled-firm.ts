/** A firm made of labelled data, as a scenario. The labels are never put into it. */
import type { World } from '../world/format.ts';
import type { LabelledData, LabelledEntry, LabelledLine } from './data.ts';

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
 * Everything comes from the data: clients, SOWs and projects from its lines and entries. The latest month is run, and with it all earlier
 * ones, as late entries are: one run, so that nothing is asked about twice. Amounts, which matching does not read, are set to 1; no rows are
 * set aside for an audit, since the labels audit all of them.
 */
export function labelledFirm(data: LabelledData, models: Models): LabelledFirm {
  const { lines, entries } = data;
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
            notes: entry.notes ?? '',
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
        Customer: [...clients.keys()].map((DisplayName) => ({ DisplayName })),
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
        Clients: [...clients.keys()].map((name) => ({ Client: name, 'QuickBooks customer': name, Currency: 'USD' })),
        SOWs: sowsOf(data),
        'SOW lines': lines.map((line) => ({
          Line: line.line,
          SOW: line.sow,
          Title: line.title,
          Description: line.description,
          ...TERMS[line.billing],
          'QuickBooks item': 'Consulting',
          Starts: line.starts ?? '',
          Ends: line.ends ?? '',
        })),
        Rates: [],
      },
      documents: data.documents,
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

function sowsOf({ lines, documents }: LabelledData) {
  return [...new Set(lines.map((line) => line.sow))].map((sow) => {
    const ofSow = lines.filter((line) => line.sow === sow);
    const projects = new Set(ofSow.map((line) => line.harvest_project).filter((name) => name !== ''));
    return {
      SOW: sow,
      Client: ofSow[0]?.client ?? '',
      Projects: [...projects].join(', '),
      Title: titleOf(documents[sow] ?? '') || sow,
      Active: 'yes',
    };
  });
}

/** The document's first heading. */
function titleOf(text: string): string {
  return (/^#+\s+(.+)$/m.exec(text)?.[1] ?? '').trim();
}

function projectOf(item: LabelledLine | LabelledEntry): string | null {
  return item.harvest_project ? JSON.stringify([item.client, item.harvest_project]) : null;
}

function personOf(entry: LabelledEntry): string {
  return JSON.stringify([entry.person || 'Somebody', entry.role ?? '']);
}

function numbered(names: readonly string[]): ReadonlyMap<string, number> {
  return new Map([...new Set(names)].map((name, index) => [name, index + 1]));
}
