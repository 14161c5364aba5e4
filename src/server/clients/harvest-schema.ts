import * as z from 'zod/mini';
import type {
  HarvestClientRecord,
  HarvestExpense,
  HarvestMe,
  HarvestProject,
  HarvestRef,
  HarvestTimeEntry,
  HarvestUser,
} from './harvest-model.ts';

/**
 * Harvest's wire records turned into what we use. Strict where an error would change an invoice (ids, days, hours, cost), lenient where a field is
 * merely missing (older accounts and some roles do not get all).
 */
const day = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/));
const id = z.number().check(z.int());
const text = z._default(z.nullish(z.string()), null);
const yes = z._default(z.nullish(z.boolean()), null);
const number = z._default(z.nullish(z.number()), null);
const ref = z.nullish(z.object({ id, name: text }));

const refOf = (value: z.output<typeof ref>): HarvestRef => ({ id: value?.id ?? 0, name: value?.name ?? '' });

/** `links.next` of a list; null on the last page. */
export const links = z.object({ links: z.object({ next: z.nullable(z.string()) }) });

export const timeEntry = z.pipe(
  z.object({
    id,
    spent_date: day,
    user: ref,
    client: ref,
    project: ref,
    task: ref,
    notes: text,
    hours: z.number(),
    rounded_hours: number,
    billable: yes,
    billable_rate: number,
    is_running: yes,
    is_billed: yes,
    updated_at: text,
  }),
  z.transform(
    (e): HarvestTimeEntry => ({
      id: e.id,
      day: e.spent_date,
      user: refOf(e.user),
      client: refOf(e.client),
      project: refOf(e.project),
      task: refOf(e.task),
      notes: e.notes ?? '',
      hours: e.hours,
      roundedHours: e.rounded_hours ?? e.hours,
      billable: e.billable ?? true,
      rate: e.billable_rate,
      running: e.is_running ?? false,
      billed: e.is_billed ?? false,
      updatedAt: e.updated_at ?? '',
    }),
  ),
);

export const expense = z.pipe(
  z.object({
    id,
    spent_date: day,
    user: ref,
    client: z.nullish(z.object({ id, name: text, currency: text })),
    project: z.nullish(z.object({ id, name: text, code: text })),
    expense_category: ref,
    notes: text,
    total_cost: z.number(),
    billable: yes,
    is_billed: yes,
    updated_at: text,
  }),
  z.transform(
    (e): HarvestExpense => ({
      id: e.id,
      day: e.spent_date,
      user: refOf(e.user),
      client: refOf(e.client),
      project: refOf(e.project),
      projectCode: e.project?.code ?? '',
      category: refOf(e.expense_category),
      notes: e.notes ?? '',
      cost: e.total_cost,
      currency: e.client?.currency ?? '',
      billable: e.billable ?? true,
      billed: e.is_billed ?? false,
      updatedAt: e.updated_at ?? '',
    }),
  ),
);

export const user = z.pipe(
  z.object({
    id,
    first_name: text,
    last_name: text,
    email: text,
    roles: z.nullish(z.array(z.string())),
    is_active: yes,
  }),
  z.transform(
    (u): HarvestUser => ({
      id: u.id,
      name: fullName(u.first_name, u.last_name),
      email: u.email ?? '',
      roles: u.roles ?? [],
      active: u.is_active ?? true,
    }),
  ),
);

export const me = z.pipe(
  z.object({
    id,
    first_name: text,
    last_name: text,
    email: text,
    access_roles: z.nullish(z.array(z.string())),
  }),
  z.transform(
    (u): HarvestMe => ({
      id: u.id,
      name: fullName(u.first_name, u.last_name),
      email: u.email ?? '',
      administrator: (u.access_roles ?? []).includes('administrator'),
    }),
  ),
);

export const project = z.pipe(
  z.object({ id, name: z.string(), code: text, client: ref, is_active: yes }),
  z.transform(
    (p): HarvestProject => ({
      id: p.id,
      name: p.name,
      code: p.code ?? '',
      client: refOf(p.client),
      active: p.is_active ?? true,
    }),
  ),
);

export const clientRecord = z.pipe(
  z.object({ id, name: z.string(), currency: text, is_active: yes }),
  z.transform(
    (c): HarvestClientRecord => ({ id: c.id, name: c.name, currency: c.currency ?? '', active: c.is_active ?? true }),
  ),
);

export const company = z.pipe(
  z.object({ name: z.string() }),
  z.transform((c) => c.name),
);

function fullName(first: string | null, last: string | null): string {
  return [first, last].filter((part) => part !== null && part !== '').join(' ');
}
