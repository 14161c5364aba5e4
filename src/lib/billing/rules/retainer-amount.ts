import { activeDays, daysIn } from '../../calendar.ts';
import { noHours, tenThousandths } from '../../hours.ts';
import { type Minor, minor, moneyText, noMoney, showMoney } from '../../money.ts';
import type { Line, RetainerAmount } from '../contract.ts';
import { makeHourCap } from '../hour-cap.ts';
import { lineWork, type MonthWork, meetHold, putHours } from '../month-work.ts';
import { nameKey } from '../names.ts';
import { addToPool, closePool, drawFromPool, type Pool, poolTotal } from '../pool.ts';
import { proratedMoney } from '../prorate.ts';
import { carriedWords, titleOf, wholeMonth } from '../words.ts';
import { familyOf, overageRates } from './retainer-family.ts';
import { addTimeLines, type BilledPiece } from './time-lines.ts';

/**
 * `retainer` with Included amount. All hours of the line and of the lines covered by it are `time` lines at their rates;
 * then one line takes off what carried and included money cover.
 */
export function retainerOfMoney(work: MonthWork, line: Line, rule: RetainerAmount): void {
  const state = lineWork(work, line);
  const members = familyOf(work, line);
  const sources = overageRates(members, rule.rate);
  let worked = 0;
  for (const member of members) {
    const cap = makeHourCap(work, member.line);
    const source = sources.get(nameKey(member.line.key)) ?? rule.rate;
    const pieces: BilledPiece[] = [];
    for (const entry of member.entries) {
      const found = work.findRate(entry.facts, source);
      if (found === null) {
        work.noRate.add(entry.facts.key);
        continue;
      }
      const billed = cap.take(entry.hours);
      if (billed !== entry.hours) putHours(entry, 'absorbed', tenThousandths(entry.hours - billed));
      if (billed !== 0) pieces.push({ entry, hours: billed, found, tierFrom: noHours });
    }
    cap.finish();
    for (const made of addTimeLines(work, member.line, 'time', pieces, () => '')) worked += made.amount;
  }
  const included = includedMoney(line, rule, work);
  const opened = state.opened.money;
  const pool = addToPool(opened, work.month, included);
  const used = Math.max(0, Math.min(worked, poolTotal(pool)));
  const over = Math.max(0, worked - used);
  const policy = rule.overage === 'hold' ? (work.answers.overage ?? 'hold') : rule.overage;
  if (rule.overage === 'hold' && over > 0) {
    meetHold(
      work,
      'overage',
      line.key,
      `${showMoney(minor(over), work.contract.currency)} over the retainer ${line.key}. Decide: bill or absorb.`,
    );
  }
  const closed = closePool(drawFromPool(pool, work.month, used), work.month, rule.rollover);
  state.closing = { ...state.closing, money: closed.pool };
  state.moneyMonth = {
    opening: poolTotal(opened),
    added: included,
    used,
    expired: closed.expired,
    closing: poolTotal(closed.pool),
  };
  const off = minor(policy === 'absorb' ? used + over : used);
  addCoveredLine(work, line, off, retainerWords(work, opened, included, worked, over, policy));
}

function includedMoney(line: Line, rule: RetainerAmount, work: MonthWork): Minor {
  const days = activeDays(work.month, line.starts, line.ends);
  if (days === 0) return noMoney;
  return line.prorate ? proratedMoney(rule.included, days, daysIn(work.month)) : rule.included;
}

/** `$2,000.00 included + $300.00 carried from September; $2,500.00 worked; $200.00 over, billed`. */
function retainerWords(
  work: MonthWork,
  opened: Pool,
  included: Minor,
  worked: number,
  over: number,
  policy: 'bill' | 'absorb' | 'hold',
): string {
  const show = (amount: number) => showMoney(minor(amount), work.contract.currency);
  const carried = opened.layers.length === 0 ? '' : ` + ${carriedWords(opened.layers, work.month, show)}`;
  const sentence = `${show(included)} included${carried}; ${show(worked)} worked`;
  if (over === 0) return sentence;
  switch (policy) {
    case 'bill':
      return `${sentence}; ${show(over)} over, billed`;
    case 'absorb':
      return `${sentence}; ${show(over)} over, not billed`;
    case 'hold':
      return `${sentence}; ${show(over)} over, to be decided`;
  }
}

function addCoveredLine(work: MonthWork, line: Line, off: Minor, sentence: string): void {
  if (off === 0) return;
  const amount = minor(-off);
  work.lines.push({
    key: [work.month, work.sow.name, line.key, 'covered'].join('|'),
    sowLine: line.key,
    sowWide: false,
    kind: 'covered',
    rate: null,
    hours: null,
    unitPrice: moneyText(amount, work.contract.decimals),
    amount,
    parts: [],
    entries: [],
    ...wholeMonth(work.month),
    description: `${titleOf(line, work.month)}: covered by the retainer`,
    howComputed: sentence,
    item: line.item,
  });
}
