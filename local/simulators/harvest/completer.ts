import { complete } from './complete.ts';
import { number } from './read-field.ts';
import type { ListName, WireRecord } from './shapes.ts';
import type { HarvestStore } from './store.ts';

/** Completes records, and remembers the result until anything changes: a long list is read page by page. */
export type Completer = (list: ListName, record: WireRecord, nowMs: number) => WireRecord;

/** An entry whose timer was started here has no hours of its own and is worked out each time. */
export function createCompleter(store: HarvestStore): Completer {
  let version = store.version();
  let done = new WeakMap<WireRecord, WireRecord>();
  return (list, record, nowMs) => {
    if (list === 'time_entries' && number(record, 'hours') === null) return complete(list, record, store, nowMs);
    if (store.version() !== version) {
      version = store.version();
      done = new WeakMap();
    }
    const known = done.get(record);
    if (known !== undefined) return known;
    const full = complete(list, record, store, nowMs);
    done.set(record, full);
    return full;
  };
}
