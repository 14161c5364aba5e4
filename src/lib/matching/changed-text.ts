import type { ExpenseSource, TimeSource } from '../pull/source.ts';

/**
 * Says in words what changed in the source after billing: only what differs, as it was billed and as it is now. Both sides name the
 * same things in the same order.
 */
export function changedText(
  billed: TimeSource | ExpenseSource,
  now: TimeSource | ExpenseSource,
): { readonly before: string; readonly after: string } {
  const before = facts(billed);
  const after = facts(now);
  const differing = [...before.keys()].filter((name) => before.get(name) !== after.get(name));
  const names = differing.length > 0 ? differing : [...before.keys()].slice(0, 2);
  const text = (of: ReadonlyMap<string, string>) => names.map((name) => of.get(name) ?? '').join(', ');
  return { before: text(before), after: now.gone ? 'gone in the time source' : text(after) };
}

function facts(source: TimeSource | ExpenseSource): ReadonlyMap<string, string> {
  const what: [string, string][] =
    'hours' in source
      ? [
          ['hours', `${source.hours} h`],
          ['task', `task ${shown(source.task)}`],
          ['rate', source.rate === null ? 'no rate' : `rate ${source.rate}`],
        ]
      : [
          ['cost', `cost ${source.cost}`],
          ['category', `category ${shown(source.category)}`],
        ];
  return new Map([
    ...what,
    ['date', source.date],
    ['person', shown(source.person)],
    ['client', `client ${shown(source.client)}`],
    ['project', `project ${shown(source.project)}`],
  ]);
}

function shown(name: string): string {
  return name === '' ? '(none)' : name;
}
