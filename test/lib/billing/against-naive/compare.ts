import type { BalanceResult, ClientDrafts, DecimalText, DraftInvoice } from '../../../../src/lib/billing/model.ts';
import { type Num, num, text, ZERO } from '../../../naive-engine/decimal.ts';
import {
  type NaiveBalance,
  type NaiveDrafts,
  type NaiveEntryResult,
  type NaiveInvoice,
  name,
} from '../../../naive-engine/naive-model.ts';

/** Every way in which the answers of the two engines differ, in words; an approved draft of the period settles its own hours. */
export function compareDrafts(first: ClientDrafts, naive: NaiveDrafts, isApproved: boolean): string[] {
  const found: string[] = [];
  if (first.problems.length > 0) return [`the first engine refuses the terms: ${JSON.stringify(first.problems)}`];
  const names = same(
    'names',
    first.invoices.map((each) => each.name),
    naive.invoices.map((each) => each.name),
  );
  found.push(...names, ...same('dropped', [...first.dropped].sort(), [...naive.dropped].sort()));
  if (names.length === 0) {
    first.invoices.forEach((invoice, at) => {
      const twin = naive.invoices[at];
      if (twin !== undefined) found.push(...compareInvoice(invoice, twin));
    });
  }
  if (found.length > 0 || isApproved) return found;
  if (!first.conservation.addsUp) found.push('the first engine says that hours do not add up');
  for (const [part, hours] of Object.entries(first.conservation.hours)) {
    found.push(...same(`hours ${part}`, [plain(hours)], [text(naive.parts[part as keyof typeof naive.parts])]));
  }
  return found;
}

function compareInvoice(first: DraftInvoice, naive: NaiveInvoice): string[] {
  const at = first.name;
  const holds = first.holds.map((hold) =>
    hold.kind === 'overage' || hold.kind === 'cap' ? `${hold.kind} ${hold.month} ${name(hold.sow ?? '')}` : hold.kind,
  );
  const written = first.lines.map((line) =>
    [
      line.sowLine,
      line.kind,
      plain(line.quantity),
      plain(line.unitPrice),
      plain(line.amount),
      keysOf(line.kind, line.entries),
    ].join(' | '),
  );
  const expected = naive.lines.map((line) =>
    [
      line.sowLine,
      line.kind,
      text(line.quantity),
      text(line.unitPrice),
      text(line.amount),
      keysOf(line.kind, line.keys),
    ].join(' | '),
  );
  return [
    ...same(`${at}: lines`, written, expected),
    ...same(`${at}: push after`, [...first.pushAfter].sort(), naive.pushAfter),
    ...same(`${at}: status`, [first.status], [naive.status]),
    ...same(`${at}: holds`, [...new Set(holds)].sort(), naive.holds),
    ...same(
      `${at}: hours, fees, expenses, adjustments, total`,
      [first.hours, first.fees, first.expenses, first.adjustments, first.total].map(plain),
      [naive.hours, naive.fees, naive.expenses, naive.adjustments, naive.total].map(text),
    ),
    ...same(
      `${at}: becomes invoiced`,
      [...first.entryResults, ...first.expenseResults]
        .filter((each) => each.becomesInvoiced)
        .map((each) => each.key)
        .sort(),
      [...naive.entries, ...naive.expenseAmounts]
        .filter((each) => each.becomesInvoiced)
        .map((each) => each.key)
        .sort(),
    ),
    ...first.lines.flatMap((line) => quickBooksProblems(`${at}: line ${line.no}`, line)),
  ];
}

/** `To QuickBooks goes Quantity, Unit price and Amount where round(Quantity x Unit price, 2) is the Amount; else 1 at the Amount.` */
function quickBooksProblems(at: string, line: DraftInvoice['lines'][number]): string[] {
  const { quantity, unitPrice, amount } = line.quickBooks;
  const exact = 10n ** 12n * 10n ** 10n;
  const product = num(line.quantity) * num(line.unitPrice);
  const size = product < 0n ? -product : product;
  const cents = ((size * 2n + exact) / (exact * 2n)) * 10n ** 10n;
  const fits = (product < 0n ? -cents : cents) === num(line.amount);
  const expected = fits ? [line.quantity, line.unitPrice, line.amount] : ['1', line.amount, line.amount];
  return same(`${at} to QuickBooks`, [quantity, unitPrice, amount].map(plain), expected.map(plain));
}

/** Compares what stands in the workbook after a push: Balances, and the numbers on entries and expenses. */
export function compareTables(
  first: ReadonlyMap<string, BalanceResult>,
  naive: ReadonlyMap<string, NaiveBalance>,
  entries: ReadonlyMap<string, { billed: DecimalText; covered: DecimalText; amount: DecimalText }>,
  naiveEntries: ReadonlyMap<string, Pick<NaiveEntryResult, 'billed' | 'covered' | 'amount'>>,
): string[] {
  const found: string[] = [];
  for (const key of new Set([...first.keys(), ...naive.keys()])) {
    const row = first.get(key);
    const twin = naive.get(key);
    // A line without activity may have a row or not.
    if (row === undefined ? twin === undefined || isIdle(twin) : twin === undefined) continue;
    if (row === undefined || twin === undefined) found.push(`balances ${key}: no row`);
    else found.push(...same(`balances ${key}`, firstRow(row, twin), naiveRow(twin)));
  }
  for (const key of new Set([...entries.keys(), ...naiveEntries.keys()])) {
    const row = entries.get(key);
    const twin = naiveEntries.get(key);
    const told = row === undefined ? [] : [row.billed, row.covered, row.amount].map(plain);
    found.push(
      ...same(`entry ${key}`, told, twin === undefined ? [] : [twin.billed, twin.covered, twin.amount].map(text)),
    );
  }
  return found;
}

function isIdle(row: NaiveBalance): boolean {
  const numbers: Num[] = [...(row.hours ?? []), ...(row.amounts ?? []), row.tierHours ?? ZERO];
  return numbers.every((value) => value === 0n) && row.feeBilledFor.length === 0;
}

function firstRow(row: BalanceResult, twin: NaiveBalance): string[] {
  const cells: [string, DecimalText | null][] = [
    ['to date', row.hoursToDate],
    ['billed to date', row.billedToDate],
  ];
  if (twin.hours !== null) {
    cells.push(['opening', row.openingHours], ['added', row.addedHours], ['used', row.usedHours]);
    cells.push(['expired', row.expiredHours], ['closing', row.closingHours]);
  }
  if (twin.amounts !== null) {
    cells.push(['opening', row.openingAmount], ['added', row.addedAmount], ['used', row.usedAmount]);
    cells.push(['expired', row.expiredAmount], ['closing', row.closingAmount]);
  }
  if (twin.tierHours !== null) cells.push(['tier', row.tierHours]);
  return [...cells.map(([what, value]) => `${what} ${plain(value ?? '0')}`), row.feeBilledFor.replaceAll(' ', '')];
}

function naiveRow(row: NaiveBalance): string[] {
  const names = ['opening', 'added', 'used', 'expired', 'closing'];
  const cells = [`to date ${text(row.hoursToDate)}`, `billed to date ${text(row.billedToDate)}`];
  for (const account of [row.hours, row.amounts])
    account?.forEach((value, at) => void cells.push(`${names[at]} ${text(value)}`));
  if (row.tierHours !== null) cells.push(`tier ${text(row.tierHours)}`);
  return [...cells, row.feeBilledFor.join(',')];
}

function same(what: string, first: readonly string[], naive: readonly string[]): string[] {
  if (first.length === naive.length && first.every((each, at) => each === naive[at])) return [];
  return [
    `${what}\n    first engine: ${first.join('\n                  ')}\n    naive engine: ${naive.join('\n                  ')}`,
  ];
}

const plain = (value: DecimalText): string => text(num(value));
const keysOf = (kind: string, keys: readonly string[]): string =>
  ['time', 'overage', 'expense'].includes(kind) ? keys.join(',') : '';
