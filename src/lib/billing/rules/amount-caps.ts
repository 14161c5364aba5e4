import { type Minor, minor, moneyText, showMoney } from '../../money.ts';
import type { Line, Sow } from '../contract.ts';
import { meetCap, partUsed } from '../hour-cap.ts';
import { amountOfLine, lineWork, type MonthWork } from '../month-work.ts';
import { wholeMonth } from '../words.ts';

/**
 * Cap amount of a line: what its own lines of this period come to, beyond what the cap still allows over the line's life,
 * is taken off; at most what this period brings.
 */
export function capLine(work: MonthWork, line: Line): void {
  const state = lineWork(work, line);
  const brought = amountOfLine(work, line);
  let off = 0;
  if (line.capAmount !== null) {
    const before = line.billedBeforeAmount + state.opened.billedAmount;
    off = takeOff(work, {
      cap: line.capAmount,
      holds: line.holdsOverCap,
      name: line.key,
      line: line.key,
      before,
      brought,
    });
    addCapLine(work, {
      sowLine: line.key,
      sowWide: false,
      item: line.item,
      off,
      cap: line.capAmount,
      before,
      brought,
      title: line.title,
    });
  }
  state.closing = { ...state.closing, billedAmount: minor(state.opened.billedAmount + brought - off) };
}

/** SOW cap: the same on the sum of all the SOW's lines but those of `expense` SOW lines, its line caps applied. */
export function capSow(work: MonthWork): void {
  const { sow } = work;
  const counted = sow.lines.filter((line) => line.rule.kind !== 'expense');
  const brought = counted.reduce((sum, line) => sum + amountOfLine(work, line), 0);
  let off = 0;
  if (sow.cap !== null) {
    const before = billedBeforeOf(sow) + work.opening.billed;
    off = takeOff(work, {
      cap: sow.cap,
      holds: sow.holdsOverCap,
      name: `SOW ${sow.name}`,
      line: null,
      before,
      brought,
    });
    addCapLine(work, {
      sowLine: sow.name,
      sowWide: true,
      item: sow.lines[0]?.item ?? '',
      off,
      cap: sow.cap,
      before,
      brought,
      title: sow.name,
    });
  }
  work.sowBilled = minor(brought - off);
}

/** What was billed on the SOW before it came here, as far as its cap counts it. */
export function billedBeforeOf(sow: Sow): Minor {
  return minor(
    sow.lines.reduce((sum, line) => (line.rule.kind === 'expense' ? sum : sum + line.billedBeforeAmount), 0),
  );
}

interface CapQuestion {
  readonly cap: Minor;
  readonly holds: boolean;
  readonly name: string;
  readonly line: string | null;
  readonly before: number;
  readonly brought: number;
}

function takeOff(work: MonthWork, { cap, holds, name, line, before, brought }: CapQuestion): number {
  const { currency } = work.contract;
  const over = Math.min(Math.max(0, brought - Math.max(0, cap - before)), Math.max(0, brought));
  if (over > 0)
    meetCap(
      work,
      holds,
      line,
      `Cap of ${showMoney(cap, currency)} on ${name}: ${showMoney(minor(over), currency)} over it.`,
    );
  const off = holds && work.answers.caps === 'raise cap' ? 0 : over;
  const used = before + brought - off;
  if (used * 10 >= cap * 8) {
    work.warnings.push(
      `Cap of ${name}: ${partUsed(used, cap)}, ${showMoney(minor(used), currency)} of ${showMoney(cap, currency)}.`,
    );
  }
  return off;
}

interface CapWords {
  readonly sowLine: string;
  readonly sowWide: boolean;
  readonly item: string;
  readonly off: number;
  readonly cap: Minor;
  readonly before: number;
  readonly brought: number;
  readonly title: string;
}

function addCapLine(work: MonthWork, { sowLine, sowWide, item, off, cap, before, brought, title }: CapWords): void {
  if (off === 0) return;
  const amount = minor(-off);
  const { currency, decimals } = work.contract;
  const show = (value: number) => showMoney(minor(value), currency);
  work.lines.push({
    key: [work.month, work.sow.name, sowLine, 'cap'].join('|'),
    sowLine,
    sowWide,
    kind: 'cap',
    rate: null,
    hours: null,
    unitPrice: moneyText(amount, decimals),
    amount,
    parts: [],
    entries: [],
    ...wholeMonth(work.month),
    description: `${title}: over the not-to-exceed cap of ${show(cap)}`,
    howComputed: `Cap ${show(cap)}; ${show(before)} billed before; this period ${show(brought)}; ${show(off)} over the cap taken off`,
    item,
  });
}
