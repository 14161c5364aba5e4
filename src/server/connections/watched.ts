import { ServiceError } from '../../lib/jobs/service-error.ts';
import type { Slot } from './secrets.ts';

/**
 * The client with an eye on whether the service still lets this person in: a refused key leaves its reason in `refusal`, the next answer clears it.
 * Nothing else of the client changes.
 */
export function watched<T extends object>(client: T, refusal: Slot<string>): T {
  let known = refusal.load();
  const note = (reason: string | null): void => {
    if (reason === known) return;
    if (reason === null) refusal.remove();
    else refusal.save(reason);
    known = reason;
  };
  const use = (work: () => unknown): unknown => {
    try {
      const value = work();
      note(refusalIn(value));
      return value;
    } catch (error) {
      if (isRefusal(error)) note(error.message);
      throw error;
    }
  };
  return new Proxy(client, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name);
      return typeof member === 'function'
        ? (...args: unknown[]) => use(() => Reflect.apply(member, target, args))
        : member;
    },
  });
}

function isRefusal(error: unknown): error is ServiceError {
  return error instanceof ServiceError && error.kind === 'auth';
}

/** Claude's answers hold their errors as outcomes. */
function refusalIn(value: unknown): string | null {
  if (!Array.isArray(value)) return null;
  for (const outcome of value) {
    const error: unknown = typeof outcome === 'object' && outcome !== null && 'error' in outcome ? outcome.error : null;
    if (isRefusal(error)) return error.message;
  }
  return null;
}
