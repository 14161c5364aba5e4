/**
 * Checks a call of google.script.run as Google does and gives the arguments as the script gets them: numbers, texts, booleans, null,
 * and arrays and plain objects of these; undefined inside an array becomes null. Throws what the page would see.
 */
export function pageArguments(functionName: string, args: readonly unknown[]): readonly unknown[] {
  if (functionName.endsWith('_') || !/^[A-Za-z$_][\w$]*$/.test(functionName)) {
    throw new Error(`google.script.run.${functionName} is not a function`);
  }
  return args.map((arg) => checked(arg));
}

function checked(value: unknown): unknown {
  if (value === undefined || value === null) return null;
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (Array.isArray(value)) return value.map(checked);
  if (typeof value === 'object' && isPlain(value)) {
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, each]) => each !== undefined)
        .map(([key, each]) => [key, checked(each)]),
    );
  }
  throw new TypeError(`Failed due to illegal value in property: ${describe(value)}`);
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype as object) === null;
}

function describe(value: unknown): string {
  return typeof value === 'object' && value !== null ? value.constructor.name : typeof value;
}
