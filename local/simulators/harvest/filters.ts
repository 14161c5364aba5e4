import { idOf, text } from './read-field.ts';
import type { WireRecord } from './shapes.ts';

/** One filter of a list: does this (complete) record stay? Null where the asked value is not of the right form. */
type Filter = (asked: string) => ((record: WireRecord) => boolean) | null;

const filters: Readonly<Record<string, Filter>> = {
  from: byDay((day, asked) => day >= asked),
  to: byDay((day, asked) => day <= asked),
  updated_since: (asked) => {
    const since = Date.parse(asked);
    return Number.isNaN(since) ? null : (record) => Date.parse(text(record, 'updated_at') ?? '') >= since;
  },
  user_id: byReference('user'),
  client_id: byReference('client'),
  project_id: byReference('project'),
  task_id: byReference('task'),
  is_billed: byFlag('is_billed'),
  is_running: byFlag('is_running'),
  is_active: byFlag('is_active'),
  external_reference_id: (asked) => (record) => {
    const reference = record['external_reference'];
    return typeof reference === 'object' && reference !== null && 'id' in reference && String(reference.id) === asked;
  },
};

/** Which filters a list knows; others in the query are ignored. */
export const knownFilters = {
  time_entries: [
    'user_id',
    'client_id',
    'project_id',
    'task_id',
    'external_reference_id',
    'is_billed',
    'is_running',
    'updated_since',
    'from',
    'to',
  ],
  expenses: ['user_id', 'client_id', 'project_id', 'is_billed', 'updated_since', 'from', 'to'],
  projects: ['is_active', 'client_id', 'updated_since'],
  user_assignments: ['user_id', 'is_active', 'updated_since'],
  roles: [],
  clients: ['is_active', 'updated_since'],
  users: ['is_active', 'updated_since'],
  tasks: ['is_active', 'updated_since'],
  expense_categories: ['is_active', 'updated_since'],
  task_assignments: ['is_active', 'updated_since'],
} as const;

/** The records that all asked filters leave, or the sentence for status 422. */
export function filtered(
  records: readonly WireRecord[],
  known: readonly string[],
  query: URLSearchParams,
): readonly WireRecord[] | string {
  let left = records;
  for (const name of known) {
    const asked = query.get(name);
    if (asked === null || asked === '') continue;
    const test = filters[name]?.(asked);
    if (!test) return `${name} is invalid`;
    left = left.filter(test);
  }
  return left;
}

function byDay(compare: (day: string, asked: string) => boolean): Filter {
  return (asked) => {
    const day = /^(\d{4}-?\d{2}-?\d{2})($|T)/.exec(asked)?.[1];
    if (day === undefined) return null;
    const plain = day.includes('-') ? day : `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}`;
    return (record) => compare(text(record, 'spent_date') ?? '', plain);
  };
}

function byReference(field: string): Filter {
  return (asked) => (/^\d+$/.test(asked) ? (record) => idOf(record[field]) === Number(asked) : null);
}

function byFlag(field: string): Filter {
  return (asked) => (asked === 'true' || asked === 'false' ? (record) => record[field] === (asked === 'true') : null);
}
