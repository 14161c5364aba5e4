import type { Conservation } from '../billing/model.ts';
import type { ClientPlan } from '../invoices/plan-drafts.ts';
import type { BillingTables } from '../invoices/tables.ts';
import type { RowOf } from '../workbook/define.ts';
import type { runs } from '../workbook/tables.ts';

export type RunRow = RowOf<typeof runs>;

/** All that the Dashboard is made of. */
export interface DashboardFacts {
  /** `YYYY-MM` */
  readonly period: string;
  /** Milliseconds. */
  readonly now: number;
  readonly tables: BillingTables;
  /** The drafts of all clients as they are now, with their sums of hours. */
  readonly plans: readonly ClientPlan[];
  readonly runs: readonly RunRow[];
  /** When the monthly run comes next, as people read it; empty where that is not known. */
  readonly nextRun: string;
  /** What is proven about rows that were accepted without a person, as a sentence; empty where nothing is known. */
  readonly proven: string;
}

/** The sum of hours of a client in the period; null where its terms have problems. */
export function conservationOf(plan: ClientPlan, period: string): Conservation | null {
  return plan.conservation.get(period) ?? null;
}
