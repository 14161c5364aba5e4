import { limits } from '../limits.ts';
import { Refusal } from '../refusal.ts';
import type { Running, Service, Site } from '../types.ts';
import { objectArg, textArg } from './arguments.ts';

/** Calls on Properties. */
export const propertyServices: Readonly<Record<string, Service>> = {
  'properties.get': (site, run, args) => ({ v: storeOf(site, run, textArg(args, 0)).get(textArg(args, 1)) ?? null }),
  'properties.all': (site, run, args) => ({ v: Object.fromEntries(storeOf(site, run, textArg(args, 0))) }),
  'properties.set': (site, run, args) => {
    const store = storeOf(site, run, textArg(args, 0));
    const next = new Map(args[2] === true ? [] : store);
    for (const [key, value] of Object.entries(objectArg(args, 1))) {
      const text = String(value);
      if (Buffer.byteLength(key) + Buffer.byteLength(text) > limits.propertyBytes) {
        throw new Refusal('Argument too large: value');
      }
      next.set(key, text);
    }
    const bytes = [...next].reduce((sum, [key, value]) => sum + Buffer.byteLength(key) + Buffer.byteLength(value), 0);
    if (bytes > limits.propertyStoreBytes) {
      throw new Refusal('You have exceeded the property storage quota. Please remove some properties and try again.');
    }
    store.clear();
    for (const [key, value] of next) store.set(key, value);
    return {};
  },
  'properties.delete': (site, run, args) => {
    storeOf(site, run, textArg(args, 0)).delete(textArg(args, 1));
    return {};
  },
  'properties.deleteAll': (site, run, args) => {
    storeOf(site, run, textArg(args, 0)).clear();
    return {};
  },
};

function storeOf(site: Site, run: Running, kind: string): Map<string, string> {
  const name = kind === 'user' ? `user ${run.user}` : kind;
  const known = site.properties.get(name);
  if (known) return known;
  const made = new Map<string, string>();
  site.properties.set(name, made);
  return made;
}
