import { flag, idOf, texts } from './read-field.ts';
import type { WireRecord } from './shapes.ts';
import type { HarvestStore } from './store.ts';

/** Whom a token acts as, and what that person may see. */
export interface Viewer {
  readonly user: WireRecord;
  readonly isAdministrator: boolean;
  readonly seesRates: boolean;
  /** Administrators see every entry; managers their own and those of projects they manage; members only their own. */
  sees(entry: WireRecord): boolean;
}

/**
 * The person behind the token: the given user, else the first administrator in the file, else an administrator of the
 * simulator's own (so that a small file needs no users at all).
 */
export function viewerOf(store: HarvestStore, userId: number | undefined): Viewer {
  const users = store.all('users');
  const chosen =
    userId === undefined ? users.find((user) => hasRole(user, 'administrator')) : store.find('users', userId);
  const user = chosen ?? { id: 1, first_name: 'Account', last_name: 'Owner', access_roles: ['administrator'] };
  const isAdministrator = hasRole(user, 'administrator');
  const managed = new Set(
    store
      .all('user_assignments')
      .filter((assignment) => idOf(assignment['user']) === idOf(user) && flag(assignment, 'is_project_manager', false))
      .map((assignment) => idOf(assignment['project'])),
  );
  return {
    user,
    isAdministrator,
    seesRates: isAdministrator || hasRole(user, 'billable_rates_manager'),
    sees: (entry) =>
      isAdministrator ||
      idOf(entry['user']) === idOf(user) ||
      (hasRole(user, 'manager') && managed.has(idOf(entry['project']))),
  };
}

/** Rates are null for people who may not see them. */
export function hideRates(record: WireRecord, viewer: Viewer): WireRecord {
  if (viewer.seesRates || !('billable_rate' in record)) return record;
  return { ...record, billable_rate: null, cost_rate: null };
}

function hasRole(user: WireRecord, role: string): boolean {
  return texts(user, 'access_roles')?.includes(role) === true;
}
