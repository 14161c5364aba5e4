import { idOf, isRecord, text } from './read-field.ts';
import type { ListName, WireRecord } from './shapes.ts';
import type { HarvestStore } from './store.ts';

/** `{ id }` as `{ id, name }` with the name that the list has now; null where there is no reference. */
export function reference(list: ListName, value: unknown, store: HarvestStore): WireRecord | null {
  const id = idOf(value);
  if (id === null) return null;
  const found = store.find(list, id);
  const own = isRecord(value) ? text(value, 'name') : null;
  return { id, name: found === undefined ? own : nameOf(list, found) };
}

/** The name that other records show for this one: of a person, first and last name. */
export function nameOf(list: ListName, record: WireRecord): string {
  if (list !== 'users') return text(record, 'name') ?? '';
  return [text(record, 'first_name'), text(record, 'last_name')]
    .filter((part) => part !== null && part !== '')
    .join(' ');
}

/** The client's currency; the company's where the client has none of its own, else US dollars. */
export function currencyOf(client: WireRecord | undefined, store: HarvestStore): string {
  return text(client, 'currency') ?? text(store.company, 'currency') ?? 'USD';
}
