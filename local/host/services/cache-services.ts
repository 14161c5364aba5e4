import { limits } from '../limits.ts';
import { Refusal } from '../refusal.ts';
import type { CacheEntry, Running, Service, Site } from '../types.ts';
import { listArg, numberArg, objectArg, textArg } from './arguments.ts';

/** Calls on Cache. */
export const cacheServices: Readonly<Record<string, Service>> = {
  'cache.get': (site, run, args) => {
    const store = cacheOf(site, run, textArg(args, 0));
    return {
      v: listArg(args, 1).map((key) => {
        const entry = store.get(checkedKey(String(key)));
        return entry && entry.untilMs > run.nowMs ? entry.value : null;
      }),
    };
  },
  'cache.put': (site, run, args) => {
    const store = cacheOf(site, run, textArg(args, 0));
    const seconds = numberArg(args, 2);
    if (!(seconds >= 1 && seconds <= limits.cacheSeconds)) throw new Refusal('Argument too large: expirationInSeconds');
    for (const [key, value] of Object.entries(objectArg(args, 1))) {
      const text = String(value);
      if (Buffer.byteLength(text) > limits.cacheValueBytes) throw new Refusal('Argument too large: value');
      store.delete(checkedKey(key));
      store.set(key, { value: text, madeMs: run.nowMs, untilMs: run.nowMs + seconds * 1000 });
    }
    evict(store);
    return {};
  },
  'cache.remove': (site, run, args) => {
    const store = cacheOf(site, run, textArg(args, 0));
    for (const key of listArg(args, 1)) store.delete(String(key));
    return {};
  },
};

function cacheOf(site: Site, run: Running, kind: string): Map<string, CacheEntry> {
  const name = kind === 'user' ? `user ${run.user}` : kind;
  const known = site.caches.get(name);
  if (known) return known;
  const made = new Map<string, CacheEntry>();
  site.caches.set(name, made);
  return made;
}

function checkedKey(key: string): string {
  if (key.length > limits.cacheKeyLength) throw new Refusal('Argument too large: key');
  return key;
}

/** Over the limit the oldest-made entries go, a hundred at a time. A Map keeps them in the order in which they were put. */
function evict(store: Map<string, CacheEntry>): void {
  if (store.size <= limits.cacheEntries) return;
  for (const key of [...store.keys()].slice(0, limits.cacheEviction)) store.delete(key);
}
