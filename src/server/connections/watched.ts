import { ServiceError, type ServiceName } from '../../lib/jobs/service-error.ts';
import type { Slot } from './secrets.ts';

/** What has become of the connection that a client was made with: it stands, the person has made another one, or it was forgotten. */
export type Use = 'same' | 'other' | 'gone';

/**
 * The client with an eye on whether the service still lets this person in: a refused key leaves its reason in `refusal`, the next answer clears it.
 * Nothing else of the client changes, but for a key that is refused after the person has entered another one: that says nothing of the new one, and is
 * tried again with it.
 */
export function watched<T extends object>(client: T, service: ServiceName, refusal: Slot<string>, use: () => Use): T {
  let known = refusal.load();
  const note = (reason: string | null): void => {
    if (reason === known || (reason !== null && use() !== 'same')) return;
    if (reason === null) refusal.remove();
    else refusal.save(reason);
    known = reason;
  };
  const withEye = (work: () => unknown): unknown => {
    try {
      const value = work();
      const reason = refusalIn(value);
      if (reason !== null && use() === 'other') throw changedMeanwhile(service);
      note(reason);
      return value;
    } catch (error) {
      if (!isRefusal(error)) throw error;
      if (use() === 'other') throw changedMeanwhile(service);
      note(error.message);
      throw error;
    }
  };
  return new Proxy(client, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name);
      return typeof member === 'function'
        ? (...args: unknown[]) => withEye(() => Reflect.apply(member, target, args))
        : member;
    },
  });
}

/** The connection of this person is not the one that the work began with; what comes next takes the new one. */
export function changedMeanwhile(service: ServiceName): ServiceError {
  return new ServiceError({
    service,
    kind: 'unavailable',
    message: `The connection to ${service} was changed while this ran. It is tried again with the new one.`,
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
