/** A row of Time entries or Expenses, as far as it waits to be matched. */
export interface WaitingRow {
  readonly client: string;
  readonly period: string;
  readonly status: string;
}

/** Clients that are named before the others are counted. */
const NAMED = 5;

/** What a month whose matching has stopped has done all the same, and what waits: "What is matched is drafted. 12 … of Acme wait…" */
export function meanwhileSentence(rows: readonly WaitingRow[], period: string): string {
  const waiting = rows.filter((row) => row.status === 'new' && row.period <= period);
  if (waiting.length === 0) return 'What is matched is drafted.';
  const of = clientsText([...new Set(waiting.map((row) => row.client.trim()))].filter((client) => client !== ''));
  const one = waiting.length === 1;
  return `What is matched is drafted. ${one ? 'One time entry or expense' : `${waiting.length} time entries and expenses`}${of} ${
    one ? 'waits to be matched and holds its client.' : 'wait to be matched and hold their clients.'
  }`;
}

function clientsText(clients: readonly string[]): string {
  const named = clients.slice(0, clients.length > NAMED + 1 ? NAMED : NAMED + 1);
  const more = clients.length - named.length;
  const all = more > 0 ? [...named, `${more} more clients`] : named;
  if (all.length === 0) return '';
  const last = all[all.length - 1] ?? '';
  return ` of ${all.length === 1 ? last : `${all.slice(0, -1).join(', ')} and ${last}`}`;
}
