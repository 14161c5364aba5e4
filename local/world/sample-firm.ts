/**
 * The sample firm (samples/) as a scenario: what its Harvest, QuickBooks and workbook hold in October 2026.
 * The labels of the entries are never put into it.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LabelledEntry } from '../evaluate/data.ts';
import type { World } from './format.ts';

type SampleEntry = Pick<
  LabelledEntry,
  'id' | 'date' | 'person' | 'role' | 'client' | 'harvest_project' | 'task' | 'hours' | 'notes' | 'gold'
>;

interface SampleExpense {
  readonly id: string;
  readonly date: string;
  readonly person: string;
  readonly client: string;
  readonly harvest_project: string;
  readonly category: string;
  readonly amount: number;
  readonly billable: boolean;
  readonly notes: string;
}

/** The sample firm as a scenario without steps. `folder` is the folder samples/. */
export function sampleFirm(folder: string): World {
  const entries = sampleEntries(folder);
  const expenses = readLines<SampleExpense>(join(folder, 'expenses.jsonl'));
  const workbook = JSON.parse(readFileSync(join(folder, 'workbook.json'), 'utf8')) as {
    readonly Clients: readonly { readonly Client: string }[];
    readonly SOWs: readonly { readonly SOW: string }[];
  };
  const clients = numbered(entries, (entry) => entry.client);
  const projects = numbered(entries, (entry) => entry.harvest_project);
  const tasks = numbered(entries, (entry) => entry.task);
  const users = numbered(entries, (entry) => entry.person);
  const categories = numbered(expenses, (expense) => expense.category);
  const reference = (names: ReadonlyMap<string, number>, name: string) => ({ id: names.get(name) });
  return {
    name: 'Sable & Finch Partners, October 2026',
    timeZone: 'America/New_York',
    harvest: {
      company: { name: 'Sable & Finch Partners' },
      clients: [...clients].map(([name, id]) => ({ id, name, currency: 'USD' })),
      projects: [...projects].map(([name, id]) => ({
        id,
        name,
        client: reference(clients, entries.find((entry) => entry.harvest_project === name)?.client ?? ''),
      })),
      tasks: [...tasks].map(([name, id]) => ({ id, name })),
      users: [...users].map(([name, id]) => ({
        id,
        first_name: name.split(' ')[0],
        last_name: name.split(' ').slice(1).join(' '),
        roles: [entries.find((entry) => entry.person === name)?.role ?? ''],
      })),
      time_entries: entries.map((entry) => ({
        id: sampleId(entry.id),
        spent_date: entry.date,
        hours: entry.hours,
        notes: entry.notes,
        user: reference(users, entry.person),
        client: reference(clients, entry.client),
        project: reference(projects, entry.harvest_project),
        task: reference(tasks, entry.task),
      })),
      expense_categories: [...categories].map(([name, id]) => ({ id, name })),
      expenses: expenses.map((expense) => ({
        id: sampleId(expense.id),
        spent_date: expense.date,
        total_cost: expense.amount,
        billable: expense.billable,
        notes: expense.notes,
        user: reference(users, expense.person),
        client: reference(clients, expense.client),
        project: reference(projects, expense.harvest_project),
        expense_category: reference(categories, expense.category),
      })),
    },
    quickbooks: {
      CompanyInfo: { CompanyName: 'Sable & Finch Partners', Country: 'US' },
      Customer: workbook.Clients.map(({ Client }) => ({ DisplayName: Client })),
      Item: ['Consulting', 'Fixed fees', 'Retainers', 'Travel time', 'Reimbursed expenses'].map((Name) => ({
        Name,
        Type: 'Service',
      })),
      Term: [
        { Name: 'Net 21', DueDays: 21 },
        { Name: 'Net 30', DueDays: 30 },
        { Name: 'Net 45', DueDays: 45 },
      ],
    },
    workbook: workbook as unknown as NonNullable<World['workbook']>,
    documents: Object.fromEntries(
      workbook.SOWs.map(({ SOW }) => [SOW, readFileSync(join(folder, 'sows', `${SOW}.md`), 'utf8')]),
    ),
    steps: [],
  };
}

/** What the labels of samples/ say: the key of each entry in the workbook, and its SOW line (null: belongs to no line). */
export function sampleAnswers(folder: string): ReadonlyMap<string, string | null> {
  return new Map(
    sampleEntries(folder).map((entry) => [`harvest:${sampleId(entry.id)}`, entry.gold === 'none' ? null : entry.gold]),
  );
}

function sampleEntries(folder: string): readonly SampleEntry[] {
  return readLines<SampleEntry>(join(folder, 'entries.jsonl'));
}

/** `S-001` is entry 1001, `X-07` is expense 5007. */
function sampleId(id: string): number {
  return (id.startsWith('S') ? 1000 : 5000) + Number(id.slice(2));
}

function readLines<T>(file: string): readonly T[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as T);
}

function numbered<T>(items: readonly T[], name: (item: T) => string): ReadonlyMap<string, number> {
  return new Map([...new Set(items.map(name))].map((text, index) => [text, index + 1]));
}
