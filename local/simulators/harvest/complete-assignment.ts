import { own, stamps } from './complete-parts.ts';
import { flag, idOf, text } from './read-field.ts';
import { reference } from './references.ts';
import type { WireRecord } from './shapes.ts';
import type { HarvestStore } from './store.ts';

/**
 * How the project uses the task or the person, as it stands inside an entry: without the keys of its project and its person or task.
 * Null where the two are not assigned to each other.
 */
export function nestedAssignment(
  list: 'task_assignments' | 'user_assignments',
  assignment: WireRecord | undefined,
  store: HarvestStore,
): WireRecord | null {
  if (assignment === undefined) return null;
  const finish = list === 'task_assignments' ? completeTaskAssignment : completeUserAssignment;
  const { project: _project, user: _user, task: _task, ...rest } = finish(assignment, store);
  return rest;
}

/** The assignment of one entry's project and its task or person. */
export function assigned(
  list: 'task_assignments' | 'user_assignments',
  project: WireRecord | undefined,
  other: WireRecord | undefined,
  store: HarvestStore,
): WireRecord | undefined {
  const projectId = idOf(project);
  const otherId = idOf(other);
  return projectId === null || otherId === null ? undefined : store.assignment(list, projectId, otherId);
}

/** A task assignment with every field. */
export function completeTaskAssignment(record: WireRecord, store: HarvestStore): WireRecord {
  const task = store.find('tasks', idOf(record['task']));
  return {
    id: record['id'],
    project: projectWithCode(record, store),
    task: reference('tasks', record['task'], store),
    ...own(record, {
      is_active: true,
      billable: flag(task, 'billable_by_default', true),
      hourly_rate: null,
      budget: null,
    }),
    ...stamps(record),
  };
}

/** A user assignment with every field. */
export function completeUserAssignment(record: WireRecord, store: HarvestStore): WireRecord {
  return {
    id: record['id'],
    project: projectWithCode(record, store),
    user: reference('users', record['user'], store),
    ...own(record, {
      is_active: true,
      is_project_manager: false,
      use_default_rates: true,
      hourly_rate: null,
      budget: null,
    }),
    ...stamps(record),
  };
}

function projectWithCode(record: WireRecord, store: HarvestStore): WireRecord | null {
  const project = reference('projects', record['project'], store);
  return project === null ? null : { ...project, code: text(store.find('projects', idOf(project)), 'code') };
}
