import type { HarvestData } from './check-data.ts';
import { idOf } from './read-field.ts';
import { type ListName, listNames, type WireRecord } from './shapes.ts';

/** What Harvest holds: records as the file gave them; `complete.ts` fills in the rest when they are read. */
export interface HarvestStore {
  readonly company: WireRecord;
  /** Goes up with every change. */
  version(): number;
  all(list: ListName): readonly WireRecord[];
  find(list: ListName, id: number | null): WireRecord | undefined;
  put(list: ListName, record: WireRecord): void;
  remove(list: ListName, id: number): boolean;
  /** An id that no record of the list has had. */
  nextId(list: ListName): number;
  /** How a project uses a task or a person; where the file gives no assignments, every pair is assigned. */
  assignment(list: 'task_assignments' | 'user_assignments', projectId: number, otherId: number): WireRecord | undefined;
}

/** Keeps the given records; writes nothing back to them. */
export function createStore(data: HarvestData): HarvestStore {
  const lists = new Map<ListName, Map<number, WireRecord>>();
  const highest = new Map<ListName, number>();
  const places = new Map<ListName, Map<number, number>>();
  const pairs = new Map<string, WireRecord>();
  const table = (list: ListName): Map<number, WireRecord> => lists.get(list) ?? new Map();

  let version = 0;
  const put = (list: ListName, record: WireRecord): void => {
    const id = idOf(record);
    if (id === null) return;
    version += 1;
    table(list).set(id, record);
    highest.set(list, Math.max(highest.get(list) ?? 0, id));
    const place = places.get(list);
    if (place !== undefined && !place.has(id)) place.set(id, place.size);
    if (list === 'task_assignments' || list === 'user_assignments') pairs.set(pairOf(list, record), record);
  };
  for (const list of listNames) {
    lists.set(list, new Map());
    places.set(list, new Map());
    for (const record of data[list] ?? []) put(list, record);
  }

  const assignment: HarvestStore['assignment'] = (list, projectId, otherId) => {
    const known = pairs.get(`${list} ${projectId} ${otherId}`);
    if (known !== undefined || data[list] !== undefined) return known;
    const other = list === 'task_assignments' ? 'tasks' : 'users';
    const projectPlace = places.get('projects')?.get(projectId);
    const otherPlace = places.get(other)?.get(otherId);
    if (projectPlace === undefined || otherPlace === undefined) return undefined;
    const made = {
      id: (list === 'task_assignments' ? 700_000_000 : 800_000_000) + projectPlace * 10_000 + otherPlace + 1,
      project: { id: projectId },
      [list === 'task_assignments' ? 'task' : 'user']: { id: otherId },
    };
    pairs.set(`${list} ${projectId} ${otherId}`, made);
    return made;
  };

  return {
    company: data.company ?? {},
    all(list) {
      if ((list === 'task_assignments' || list === 'user_assignments') && data[list] === undefined) {
        const others = [...table(list === 'task_assignments' ? 'tasks' : 'users').keys()];
        const made = [...table('projects').keys()].flatMap((project) =>
          others.map((other) => assignment(list, project, other)),
        );
        return made.filter((record) => record !== undefined);
      }
      return [...table(list).values()];
    },
    find: (list, id) => (id === null ? undefined : table(list).get(id)),
    put,
    remove(list, id) {
      version += 1;
      return table(list).delete(id);
    },
    version: () => version,
    nextId: (list) => (highest.get(list) ?? 0) + 1,
    assignment,
  };
}

function pairOf(list: 'task_assignments' | 'user_assignments', record: WireRecord): string {
  const other = list === 'task_assignments' ? record['task'] : record['user'];
  return `${list} ${idOf(record['project'])} ${idOf(other)}`;
}
