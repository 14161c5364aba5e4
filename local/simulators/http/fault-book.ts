import { matchesRequest, splitRequest } from './match-request.ts';
import type { FaultRule, ScenarioFault } from './types.ts';

/** The faults of one service, each with its own count of matching requests. */
export interface FaultBook {
  add(rule: FaultRule): void;
  /** Counts this request and returns the faults that are due for it. */
  due(method: string, path: string, query: URLSearchParams): readonly string[];
  /** Counts from 1 again. */
  restart(): void;
  /** Forgets all rules. */
  clear(): void;
}

/** Faults every simulator knows; `status NNN` (any status from 400 to 599) is known besides. */
export const commonFaults: readonly string[] = [
  'timeout after commit',
  'drop before commit',
  'malformed body',
  'expire token',
];

/**
 * Keeps the rules of one service; rules of other services are passed over.
 * A misspelt fault or request throws at once, so that a test cannot pass because its fault never happened.
 * @param ownFaults the service's own; `N` in a name stands for any number
 */
export function createFaultBook(
  service: string,
  rules: readonly ScenarioFault[],
  ownFaults: readonly string[] = [],
): FaultBook {
  const kept: { readonly rule: FaultRule; seen: number }[] = [];
  const add = (rule: FaultRule): void => {
    if (rule.service !== service) return;
    splitRequest(rule.request);
    if (!isKnown(rule.fault, ownFaults)) {
      const known = [...commonFaults, 'status NNN', ...ownFaults].join(', ');
      throw new Error(`"${rule.fault}" is not a fault of ${service}. Known: ${known}.`);
    }
    kept.push({ rule, seen: 0 });
  };
  for (const rule of rules) if ('service' in rule) add(rule);
  return {
    add,
    due(method, path, query) {
      const due: string[] = [];
      for (const entry of kept) {
        if (!matchesRequest(entry.rule.request, method, path, query)) continue;
        entry.seen += 1;
        if (entry.rule.nth === undefined || entry.rule.nth === entry.seen) due.push(entry.rule.fault);
      }
      return due;
    },
    restart() {
      for (const entry of kept) entry.seen = 0;
    },
    clear() {
      kept.length = 0;
    },
  };
}

/** The status that `status 503` names, or null where the fault is of another kind. */
export function statusOfFault(fault: string): number | null {
  const digits = /^status ([45]\d\d)$/.exec(fault)?.[1];
  return digits === undefined ? null : Number(digits);
}

/** Is it one of a service's own faults? A run of `N` in a name stands for a whole number. */
export function isOwn(fault: string, ownFaults: readonly string[]): boolean {
  return ownFaults.some((name) => new RegExp(`^${name.replace(/\bN+\b/g, '\\d+')}$`).test(fault));
}

function isKnown(fault: string, ownFaults: readonly string[]): boolean {
  return commonFaults.includes(fault) || statusOfFault(fault) !== null || isOwn(fault, ownFaults);
}
