import { completeTaskAssignment, completeUserAssignment } from './complete-assignment.ts';
import { completeExpense } from './complete-expense.ts';
import { own, stamps } from './complete-parts.ts';
import { completeTimeEntry } from './complete-time-entry.ts';
import { idOf, text } from './read-field.ts';
import { currencyOf, reference } from './references.ts';
import type { ListName, WireRecord } from './shapes.ts';
import type { HarvestStore } from './store.ts';

/** A record with every field that the API returns: what the file left out is filled in from the other lists and by default. */
export function complete(list: ListName, record: WireRecord, store: HarvestStore, nowMs: number): WireRecord {
  switch (list) {
    case 'time_entries':
      return completeTimeEntry(record, store, nowMs);
    case 'expenses':
      return completeExpense(record, store);
    case 'clients':
      return {
        ...own(record, { name: '', is_active: true, address: null, statement_key: statementKey(record) }),
        currency: currencyOf(record, store),
        ...stamps(record),
      };
    case 'projects':
      return completeProject(record, store);
    case 'tasks':
      return {
        ...own(record, {
          name: '',
          billable_by_default: true,
          default_hourly_rate: null,
          is_default: false,
          is_active: true,
        }),
        ...stamps(record),
      };
    case 'users':
      return completeUser(record);
    case 'roles':
      return { ...own(record, { name: '', user_ids: [] }), ...stamps(record) };
    case 'expense_categories':
      return {
        ...own(record, { name: '', unit_name: null, unit_price: null, is_active: true }),
        ...stamps(record),
      };
    case 'task_assignments':
      return completeTaskAssignment(record, store);
    case 'user_assignments':
      return completeUserAssignment(record, store);
  }
}

/** The company with every field the API returns. */
export function completeCompany(company: WireRecord): WireRecord {
  const defaults = {
    base_uri: 'https://example.harvestapp.com',
    full_domain: 'example.harvestapp.com',
    name: 'Example',
    is_active: true,
    week_start_day: 'Monday',
    wants_timestamp_timers: false,
    time_format: 'decimal',
    date_format: '%Y-%m-%d',
    plan_type: 'sponsored',
    clock: '12h',
    currency_code_display: 'iso_code_none',
    currency_symbol_display: 'symbol_before',
    decimal_symbol: '.',
    thousands_separator: ',',
    color_scheme: 'orange',
    weekly_capacity: 126_000,
    expense_feature: true,
    invoice_feature: true,
    estimate_feature: true,
    approval_feature: true,
    team_feature: true,
  };
  return { ...defaults, ...company };
}

function completeProject(record: WireRecord, store: HarvestStore): WireRecord {
  const client = reference('clients', record['client'], store);
  const money = store.find('clients', idOf(client));
  return {
    id: record['id'],
    client: client === null ? null : { ...client, currency: currencyOf(money, store) },
    ...own(record, {
      name: '',
      code: null,
      is_active: true,
      is_billable: true,
      is_fixed_fee: false,
      bill_by: 'none',
      hourly_rate: null,
      budget: null,
      budget_by: 'none',
      budget_is_monthly: false,
      notify_when_over_budget: false,
      over_budget_notification_percentage: null,
      over_budget_notification_date: null,
      show_budget_to_all: false,
      cost_budget: null,
      cost_budget_include_expenses: false,
      fee: null,
      notes: '',
      starts_on: null,
      ends_on: null,
    }),
    ...stamps(record),
  };
}

function completeUser(record: WireRecord): WireRecord {
  const first = text(record, 'first_name') ?? '';
  const last = text(record, 'last_name') ?? '';
  const mail = [first, last]
    .filter((part) => part !== '')
    .join('.')
    .toLowerCase()
    .replace(/[^a-z0-9.]+/g, '-');
  return {
    ...own(record, {
      first_name: first,
      last_name: last,
      email: `${mail}@example.com`,
      telephone: '',
      timezone: 'Eastern Time (US & Canada)',
      has_access_to_all_future_projects: false,
      is_contractor: false,
      is_active: true,
      weekly_capacity: 126_000,
      default_hourly_rate: null,
      cost_rate: null,
      roles: [],
      access_roles: ['member'],
      avatar_url: 'https://cache.harvestapp.com/assets/profile_images/default.png',
    }),
    ...stamps(record),
  };
}

function statementKey(record: WireRecord): string {
  return `${'0'.repeat(32)}${idOf(record) ?? 0}`.slice(-32);
}
