/** One record as it goes over the wire. */
export type WireRecord = Readonly<Record<string, unknown>>;

/** The lists that Harvest keeps, by the name that its answers give them. */
export const listNames = [
  'clients',
  'projects',
  'tasks',
  'users',
  'roles',
  'expense_categories',
  'task_assignments',
  'user_assignments',
  'time_entries',
  'expenses',
] as const;
export type ListName = (typeof listNames)[number];

/** What one list holds: its fields as the API documents them, those a file must give, and which fields point to other lists. */
export interface ListShape {
  readonly fields: readonly string[];
  readonly required: Readonly<Record<string, 'text' | 'number' | 'day'>>;
  readonly references: Readonly<Record<string, ListName>>;
}

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

/** Fields of the company; it is one object, not a list. */
export const companyFields =
  words(`base_uri full_domain name is_active week_start_day wants_timestamp_timers time_format
  date_format plan_type clock currency currency_code_display currency_symbol_display decimal_symbol thousands_separator
  color_scheme weekly_capacity expense_feature invoice_feature estimate_feature approval_feature team_feature
  saml_sign_in_required day_entry_notes_required`);

/** Every list, with the fields of the API's published description and a few that newer answers carry. */
export const shapes: Readonly<Record<ListName, ListShape>> = {
  clients: {
    fields: words('id name is_active address statement_key currency created_at updated_at'),
    required: { name: 'text' },
    references: {},
  },
  projects: {
    fields:
      words(`id client name code is_active is_billable is_fixed_fee bill_by hourly_rate budget budget_by budget_is_monthly
      notify_when_over_budget over_budget_notification_percentage over_budget_notification_date show_budget_to_all cost_budget
      cost_budget_include_expenses fee notes starts_on ends_on created_at updated_at`),
    required: { name: 'text' },
    references: { client: 'clients' },
  },
  tasks: {
    fields: words('id name billable_by_default default_hourly_rate is_default is_active created_at updated_at'),
    required: { name: 'text' },
    references: {},
  },
  users: {
    fields:
      words(`id first_name last_name email telephone timezone has_access_to_all_future_projects is_contractor is_active
      weekly_capacity default_hourly_rate cost_rate roles access_roles avatar_url created_at updated_at permissions_claims
      calendar_integration_enabled calendar_integration_source employee_id can_create_projects is_admin is_project_manager
      can_see_rates can_create_invoices`),
    required: { first_name: 'text' },
    references: {},
  },
  roles: {
    fields: words('id name user_ids created_at updated_at'),
    required: { name: 'text' },
    references: {},
  },
  expense_categories: {
    fields: words('id name unit_name unit_price is_active created_at updated_at'),
    required: { name: 'text' },
    references: {},
  },
  task_assignments: {
    fields: words('id project task is_active billable hourly_rate budget created_at updated_at'),
    required: {},
    references: { project: 'projects', task: 'tasks' },
  },
  user_assignments: {
    fields: words(
      'id project user is_active is_project_manager use_default_rates hourly_rate budget created_at updated_at',
    ),
    required: {},
    references: { project: 'projects', user: 'users' },
  },
  time_entries: {
    fields:
      words(`id spent_date user user_assignment client project task task_assignment external_reference invoice hours
      hours_without_timer rounded_hours notes is_locked locked_reason is_closed approval_status is_billed timer_started_at
      started_time ended_time is_running is_explicitly_locked billable budgeted billable_rate cost_rate created_at updated_at`),
    required: { spent_date: 'day', hours: 'number' },
    references: { user: 'users', client: 'clients', project: 'projects', task: 'tasks' },
  },
  expenses: {
    fields:
      words(`id client project expense_category user user_assignment receipt invoice notes units total_cost billable
      is_closed approval_status is_locked is_explicitly_locked is_billed locked_reason spent_date created_at updated_at`),
    required: { spent_date: 'day', total_cost: 'number' },
    references: { user: 'users', client: 'clients', project: 'projects', expense_category: 'expense_categories' },
  },
};

/** Fields of the records that stand inside others: the short form of each and, leniently, what its own list would give. */
export const nested: Readonly<Record<string, readonly string[]>> = {
  client: shapes.clients.fields,
  project: shapes.projects.fields,
  task: shapes.tasks.fields,
  user: ['name', ...shapes.users.fields],
  expense_category: shapes.expense_categories.fields,
  user_assignment: shapes.user_assignments.fields,
  task_assignment: shapes.task_assignments.fields,
  external_reference: words('id group_id account_id permalink service service_icon_url'),
  invoice: words('id number'),
  receipt: words('url file_name file_size content_type'),
};
