import type { DraftInvoice } from '../billing/model.ts';
import { foldName } from '../workbook/cell.ts';
import type { ClientTables } from './tables.ts';

/** From this part of a cap on, its entries and invoices say so. */
export const NEAR_CAP = 0.8;

/** Folded names of the SOW lines whose cap, or whose SOW's cap, is used to 80 % or more by these drafts. */
export function linesNearCap(tables: ClientTables, drafts: readonly DraftInvoice[]): ReadonlySet<string> {
  const near = new Set<string>();
  const balances = drafts.flatMap((draft) => draft.balances.filter((row) => row.period === draft.period));
  for (const balance of balances) {
    const name = foldName(balance.line);
    const line = tables.sowLines.find((row) => foldName(row.line) === name);
    if (
      line !== undefined &&
      (isNear(balance.hoursToDate, line.capHours) || isNear(balance.billedToDate, line.capAmount))
    ) {
      near.add(name);
    }
    const sow = line === undefined ? tables.sows.find((row) => foldName(row.sow) === name) : undefined;
    if (sow === undefined || !isNear(balance.billedToDate, sow.cap)) continue;
    for (const row of tables.sowLines) {
      if (foldName(row.sow) === name && row.billing !== 'expense') near.add(foldName(row.line));
    }
  }
  return near;
}

function isNear(used: string | null, cap: number | null): boolean {
  return used !== null && cap !== null && cap > 0 && Number(used) >= cap * NEAR_CAP;
}
