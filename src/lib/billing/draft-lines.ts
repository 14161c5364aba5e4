import { firstDayOf, lastDayOf, monthName } from '../calendar.ts';
import { hoursText } from '../hours.ts';
import { exact, type Minor, moneyText, roundMoney, showMoney, showRate } from '../money.ts';
import type { Chain, ChainMonth } from './chain.ts';
import type { Line } from './contract.ts';
import { type Correction, quantityOf } from './corrections.ts';
import type { DraftLine } from './model.ts';
import { nameKey } from './names.ts';
import type { PricedLine } from './priced.ts';

/** A line of the invoice before it has its number, with its amount in the currency's smallest units. */
export interface UnnumberedLine {
  readonly amount: Minor;
  readonly line: Omit<DraftLine, 'no'>;
}

/**
 * The lines of one SOW on the invoice: per SOW line its own lines, then its corrections by month; then the SOW's cap and its
 * corrections; then the discount and its corrections.
 */
export function linesOfSow(chain: Chain): UnnumberedLine[] {
  const current = chain.months[chain.months.length - 1];
  if (current === undefined) return [];
  const regular = current.mode === 'regular' ? (current.priced?.lines ?? []) : [];
  const corrections = chain.months.flatMap((month) =>
    month.corrections.filter((one) => one.amount !== 0).map((one) => ({ month, one })),
  );
  const write = (lines: readonly PricedLine[]) => lines.map((line) => regularLine(current, line));
  const correct = (holds: (one: Correction) => boolean) =>
    corrections.filter(({ one }) => holds(one)).map(({ month, one }) => correctionLine(current, month, one));
  const own = byLine(regular);
  const sections = lineKeys(chain).flatMap((key) => [
    ...write(own.get(key) ?? []),
    ...correct((one) => !one.sowWide && one.line === key),
  ]);
  return [
    ...sections,
    ...write(regular.filter((line) => line.sowWide && line.kind === 'cap')),
    ...correct((one) => one.sowWide && one.kind === 'cap'),
    ...write(regular.filter((line) => line.sowWide && line.kind !== 'cap')),
    ...correct((one) => one.sowWide && one.kind !== 'cap'),
  ];
}

function byLine(lines: readonly PricedLine[]): Map<string, PricedLine[]> {
  const sections = new Map<string, PricedLine[]>();
  for (const line of lines) {
    if (line.sowWide) continue;
    const section = sections.get(nameKey(line.sowLine));
    if (section === undefined) sections.set(nameKey(line.sowLine), [line]);
    else section.push(line);
  }
  return sections;
}

/** The SOW's lines in the order of the tab, then those that only earlier terms know. */
function lineKeys(chain: Chain): string[] {
  const newestFirst = [...chain.months].reverse();
  const known = newestFirst.flatMap((month) => (month.sow?.lines ?? []).map((line) => nameKey(line.key)));
  const corrected = chain.months.flatMap((month) =>
    month.corrections.flatMap((one) => (one.sowWide ? [] : [one.line])),
  );
  return [...new Set([...known, ...corrected])];
}

function regularLine(current: ChainMonth, priced: PricedLine): UnnumberedLine {
  const { decimals } = current.contract;
  const quantity = priced.hours === null ? '1' : hoursText(priced.hours);
  const amount = moneyText(priced.amount, decimals);
  return {
    amount: priced.amount,
    line: {
      key: priced.key,
      sow: current.sow?.name ?? '',
      // A cap names the SOW, also that of one line; its item and its words tell which line.
      sowLine: priced.kind === 'cap' ? (current.sow?.name ?? priced.sowLine) : priced.sowLine,
      kind: priced.kind,
      description: priced.description,
      quantity,
      unitPrice: priced.unitPrice,
      amount,
      item: priced.item,
      from: priced.from,
      to: priced.to,
      entries: priced.entries,
      howComputed: priced.howComputed,
      quickBooks: forQuickBooks(quantity, priced.unitPrice, amount, priced.description, current.contract.currency),
    },
  };
}

function correctionLine(current: ChainMonth, month: ChainMonth, correction: Correction): UnnumberedLine {
  const { currency, decimals } = current.contract;
  const line = findLine(correction.line, [current, month]);
  const name = correction.sowWide ? (month.sow?.name ?? current.sow?.name ?? '') : (line?.key ?? correction.line);
  const item = line?.item ?? current.sow?.lines[0]?.item ?? month.sow?.lines[0]?.item ?? '';
  const { quantity, unitPrice } = quantityOf(correction, decimals);
  const amount = moneyText(correction.amount, decimals);
  const description = `Correction for ${monthName(correction.month)}: ${line?.title ?? name} (${correction.kind})`;
  return {
    amount: correction.amount,
    line: {
      key: [
        current.month,
        'correction',
        correction.month,
        current.sow?.name ?? '',
        name,
        correction.kind,
        correction.rate?.text ?? '',
      ].join('|'),
      sow: current.sow?.name ?? month.sow?.name ?? '',
      sowLine: name,
      kind: 'correction',
      description,
      quantity,
      unitPrice,
      amount,
      item,
      from: firstDayOf(correction.month),
      to: lastDayOf(correction.month),
      entries: correction.entries,
      howComputed: correctionWords(correction, currency),
      quickBooks: forQuickBooks(quantity, unitPrice, amount, description, currency),
    },
  };
}

function findLine(key: string, months: readonly ChainMonth[]): Line | undefined {
  return months.flatMap((month) => month.sow?.lines ?? []).find((line) => nameKey(line.key) === key);
}

/** `October 2026 priced again: 12.5 h at $185.00, $2,312.50; billed so far 10 h, $1,850.00`. */
function correctionWords({ month, rate, now, before }: Correction, currency: string): string {
  const words = ({ hours, amount }: Correction['now'], at: string) =>
    `${hours === 0 ? '' : `${hoursText(hours)} h${at}, `}${showMoney(amount, currency)}`;
  const at = rate === null ? '' : ` at ${showRate(rate.value, currency)}`;
  return `${monthName(month)} priced again: ${words(now, at)}; billed so far: ${words(before, '')}`;
}

/** QuickBooks computes with 2 decimals: where quantity x unit price does not give the amount there, it gets 1 x the amount and the hours in words. */
function forQuickBooks(
  quantity: string,
  unitPrice: string,
  amount: string,
  description: string,
  currency: string,
): DraftLine['quickBooks'] {
  const product = roundMoney(exact(quantity).times(exact(unitPrice)), 2);
  if (product === roundMoney(exact(amount), 2) && exact(amount).eq(exact(amount).round(2, 1)))
    return { quantity, unitPrice, amount, description };
  const hours = quantity === '1' ? '' : ` (${quantity} h x ${showRate(exact(unitPrice), currency)})`;
  return { quantity: '1', unitPrice: amount, amount, description: `${description}${hours}` };
}
