import { balanceKey } from '../invoices/client-books.ts';
import { balanceRow } from '../invoices/pushed-rows.ts';
import type { BalanceTableRow, LineRow, SowRow } from '../invoices/tables.ts';
import { foldName } from '../workbook/cell.ts';
import type { DashboardFacts } from './facts.ts';
import { type DashboardCell, type DashboardRow, section } from './grid.ts';

/** Retainers of the period and caps over the life of a line or SOW, with the part that is used, drafts counted in. */
export function limitsUsed(facts: DashboardFacts): readonly DashboardRow[] {
  const latest = latestBalances(facts);
  const rows = [
    ...facts.tables.sowLines.flatMap((line) => lineLimits(line, facts, latest)),
    ...facts.tables.sows.flatMap((sow) => sowLimit(sow, latest)),
  ];
  return section(
    'Retainers and caps',
    [
      { header: 'Line or SOW', format: 'text' },
      { header: 'What', format: 'text' },
      { header: 'Available', format: 'hours' },
      { header: 'Used', format: 'hours' },
      { header: 'Part used', format: 'share' },
    ],
    rows,
    { empty: 'No retainer and no cap in the tab SOW lines.' },
  );
}

type Latest = ReadonlyMap<string, BalanceTableRow>;

/** The newest row of each line up to the period, with the rows of drafts over those that were pushed. */
function latestBalances(facts: DashboardFacts): Latest {
  const all = new Map(facts.tables.balances.map((row) => [balanceKey(row), row]));
  for (const draft of facts.plans.flatMap((plan) => plan.drafts)) {
    for (const row of draft.balances) all.set(balanceKey(row), balanceRow(row));
  }
  const latest = new Map<string, BalanceTableRow>();
  for (const row of all.values()) {
    const key = foldName(row.line);
    const before = latest.get(key);
    if (row.period <= facts.period && (before === undefined || before.period < row.period)) latest.set(key, row);
  }
  return latest;
}

function lineLimits(line: LineRow, facts: DashboardFacts, latest: Latest): readonly (readonly DashboardCell[])[] {
  const balance = latest.get(foldName(line.line));
  const ofMonth = balance?.period === facts.period ? balance : undefined;
  return [
    ...(line.billing === 'retainer' && ofMonth !== undefined && line.includedHours !== null
      ? [
          limit(
            line.line,
            'Retainer hours of the month',
            (ofMonth.openingHours ?? 0) + (ofMonth.addedHours ?? 0),
            ofMonth.usedHours,
          ),
        ]
      : []),
    ...(line.billing === 'retainer' && ofMonth !== undefined && line.includedAmount !== null
      ? [
          limit(
            line.line,
            'Retainer money of the month',
            (ofMonth.openingAmount ?? 0) + (ofMonth.addedAmount ?? 0),
            ofMonth.usedAmount,
          ),
        ]
      : []),
    ...(line.capHours === null
      ? []
      : [limit(line.line, 'Cap in hours', line.capHours, balance?.hoursToDate ?? line.billedBeforeHours)]),
    ...(line.capAmount === null
      ? []
      : [limit(line.line, 'Cap in money', line.capAmount, balance?.billedToDate ?? line.billedBeforeAmount)]),
  ];
}

function sowLimit(sow: SowRow, latest: Latest): readonly (readonly DashboardCell[])[] {
  if (sow.cap === null) return [];
  return [limit(sow.sow, 'Cap of the SOW in money', sow.cap, latest.get(foldName(sow.sow))?.billedToDate ?? 0)];
}

function limit(name: string, what: string, available: number, used: number | null): readonly DashboardCell[] {
  return [name, what, available, used ?? 0, available > 0 ? (used ?? 0) / available : ''];
}
