/** Names that the language itself or a debugger may ask of any object. */
const QUIET = new Set([
  'then',
  'toJSON',
  'constructor',
  'toString',
  'valueOf',
  'hasOwnProperty',
  'prototype',
  'length',
]);

/**
 * The end of the prototype chain of every stand-in: a member that the stand-in lacks throws by name,
 * so that a script never goes on with `undefined`.
 */
export function missing(typeName: string): object {
  return new Proxy(Object.create(Object.prototype) as object, {
    get(target, property, receiver) {
      if (typeof property === 'symbol' || QUIET.has(property)) return Reflect.get(target, property, receiver);
      throw new Error(`not provided: ${typeName}.${property}`);
    },
    set(target, property, value, receiver) {
      return Reflect.set(target, property, value, receiver);
    },
  });
}

/** Makes the members of a stand-in class guarded, and its objects print as Google's do (the name of their type). */
export function guardClass(type: { prototype: object }, typeName: string): void {
  Object.setPrototypeOf(type.prototype, missing(typeName));
  Object.defineProperty(type.prototype, 'toString', { value: () => typeName, configurable: true });
}

/** A service object (`SpreadsheetApp`, `Utilities`…) made of these members. */
export function service<T extends object>(typeName: string, members: T): T {
  const made = Object.create(missing(typeName)) as T;
  Object.defineProperty(made, 'toString', { value: () => typeName });
  return Object.freeze(Object.assign(made, members));
}

/** One value of a Google enum; compared by identity, printed by name. */
export interface EnumValue {
  readonly toString: () => string;
  readonly name: () => string;
  readonly ordinal: () => number;
  readonly toJSON: () => string;
}

/** A Google enum with these names. */
export function enumOf<N extends string>(typeName: string, names: readonly N[]): Readonly<Record<N, EnumValue>> {
  const made = Object.create(missing(typeName)) as Record<N, EnumValue>;
  names.forEach((name, index) => {
    made[name] = Object.freeze({ toString: () => name, name: () => name, ordinal: () => index, toJSON: () => name });
  });
  return Object.freeze(made);
}
