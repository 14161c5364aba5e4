import { call } from './bridge.ts';
import { guardClass, service } from './guard.ts';

type StoreName = 'document' | 'script' | 'user';

/** Google's Properties, over one of the three stores. */
export class Properties {
  readonly store: StoreName;

  constructor(store: StoreName) {
    this.store = store;
  }

  getProperty(key: string): string | null {
    return call('properties.get', this.store, String(key)) as string | null;
  }

  setProperty(key: string, value: unknown): this {
    call('properties.set', this.store, { [String(key)]: String(value) }, false);
    return this;
  }

  getProperties(): Record<string, string> {
    return call('properties.all', this.store) as Record<string, string>;
  }

  setProperties(values: Readonly<Record<string, unknown>>, deleteAllOthers = false): this {
    const texts = Object.fromEntries(Object.entries(values).map(([key, value]) => [key, String(value)]));
    call('properties.set', this.store, texts, deleteAllOthers);
    return this;
  }

  deleteProperty(key: string): this {
    call('properties.delete', this.store, String(key));
    return this;
  }

  deleteAllProperties(): this {
    call('properties.deleteAll', this.store);
    return this;
  }

  getKeys(): string[] {
    return Object.keys(this.getProperties());
  }
}
guardClass(Properties, 'Properties');

/** Google's PropertiesService. */
export function propertiesService(): object {
  return service('PropertiesService', {
    getDocumentProperties: () => new Properties('document'),
    getScriptProperties: () => new Properties('script'),
    getUserProperties: () => new Properties('user'),
  });
}
