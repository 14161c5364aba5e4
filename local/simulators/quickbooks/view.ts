import type { Company } from './company.ts';
import { type JsonObject, numberAt, objectsAt, refValue } from './json.ts';
import { sum } from './money.ts';
import { subTotalLine } from './sales-lines.ts';
import type { EntityName } from './shapes.ts';
import type { Stored } from './store.ts';

/** Entities as QuickBooks returns them: with the subtotal line, and with customers' balances. */
export function view(company: Company, kind: EntityName, rows: readonly Stored[]): JsonObject[] {
  if (kind === 'Invoice' || kind === 'Estimate') return rows.map((row) => withSubTotal(row.entity));
  if (kind !== 'Customer') return rows.map((row) => row.entity);
  const balances = openBalances(company);
  return rows.map((row) => {
    const balance = sum(balances.get(row.id) ?? []);
    return { ...row.entity, Balance: balance, BalanceWithJobs: balance };
  });
}

export function viewOne(company: Company, row: Stored): JsonObject {
  return view(company, row.kind, [row])[0] ?? row.entity;
}

function withSubTotal(entity: JsonObject): JsonObject {
  const lines = objectsAt(entity, 'Line');
  return { ...entity, Line: [...lines, subTotalLine(lines)] };
}

function openBalances(company: Company): ReadonlyMap<string, number[]> {
  const balances = new Map<string, number[]>();
  for (const invoice of company.store.all('Invoice')) {
    const customer = refValue(invoice.entity, 'CustomerRef') ?? '';
    balances.set(customer, [...(balances.get(customer) ?? []), numberAt(invoice.entity, 'Balance') ?? 0]);
  }
  return balances;
}
