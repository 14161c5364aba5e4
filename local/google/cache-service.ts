import { call } from './bridge.ts';
import { guardClass, service } from './guard.ts';

/** Google's Cache, over one of the three stores. */
export class Cache {
  readonly store: string;

  constructor(store: string) {
    this.store = store;
  }

  get(key: string): string | null {
    return (call('cache.get', this.store, [String(key)]) as (string | null)[])[0] ?? null;
  }

  getAll(keys: readonly string[]): Record<string, string> {
    const values = call('cache.get', this.store, keys.map(String)) as (string | null)[];
    const found: Record<string, string> = {};
    keys.forEach((key, index) => {
      const value = values[index];
      if (typeof value === 'string') found[key] = value;
    });
    return found;
  }

  put(key: string, value: unknown, seconds = 600): void {
    call('cache.put', this.store, { [String(key)]: String(value) }, seconds);
  }

  putAll(values: Readonly<Record<string, unknown>>, seconds = 600): void {
    const texts = Object.fromEntries(Object.entries(values).map(([key, value]) => [key, String(value)]));
    call('cache.put', this.store, texts, seconds);
  }

  remove(key: string): void {
    call('cache.remove', this.store, [String(key)]);
  }

  removeAll(keys: readonly string[]): void {
    call('cache.remove', this.store, keys.map(String));
  }
}
guardClass(Cache, 'Cache');

/** Google's CacheService. */
export function cacheService(): object {
  return service('CacheService', {
    getDocumentCache: () => new Cache('document'),
    getScriptCache: () => new Cache('script'),
    getUserCache: () => new Cache('user'),
  });
}
