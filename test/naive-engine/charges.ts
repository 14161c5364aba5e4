import type { ClientBooks, LineTerms, Month, SowTerms, Terms } from '../../src/lib/billing/model.ts';
import { activeDays, addMonths, lineDates, monthOf } from './calendar.ts';
import { type Num, num } from './decimal.ts';
import { type Charge, name } from './naive-model.ts';
import { prorated } from './pieces.ts';
import { decimalsOf, sowLines } from './price-month.ts';

/** The fees and milestones that the run of a period bills for a SOW; `earlier` is what other invoices billed. */
export function chargesOf(
  books: Pick<ClientBooks, 'period' | 'firstPeriod'>,
  terms: Terms,
  sow: SowTerms,
  earlier: readonly Charge[],
): Charge[] {
  return sowLines(terms, sow.sow).flatMap((line) => {
    const mine = earlier.filter((charge) => charge.line === name(line.line));
    if (line.billing === 'milestone') return milestone(books, line, mine);
    if (line.billing === 'retainer' || line.billing === 'fixed monthly') return fees(books, terms, sow, line, mine);
    return [];
  });
}

function milestone(
  books: Pick<ClientBooks, 'period' | 'firstPeriod'>,
  line: LineTerms,
  mine: readonly Charge[],
): Charge[] {
  const done = line.completedOn ? monthOf(line.completedOn) : null;
  if (done === null || done > books.period || done < books.firstPeriod) return [];
  if (mine.some((charge) => charge.kind === 'milestone')) return [];
  return [{ line: name(line.line), kind: 'milestone', month: books.period, amount: num(line.fee) }];
}

function fees(
  books: Pick<ClientBooks, 'period' | 'firstPeriod'>,
  terms: Terms,
  sow: SowTerms,
  line: LineTerms,
  mine: readonly Charge[],
): Charge[] {
  const inAdvance = line.feeTiming === 'in advance';
  const { starts } = lineDates(line, sow);
  const start = starts === null ? null : monthOf(starts);
  const byHand = inAdvance && (start === null || start < books.firstPeriod);
  const first = byHand ? addMonths(books.firstPeriod, 1) : books.firstPeriod;
  const last = inAdvance ? addMonths(books.period, 1) : books.period;
  const found: Charge[] = [];
  for (let month: Month = first; month <= last; month = addMonths(month, 1)) {
    if (activeDays(line, sow, month) === 0) continue;
    if (mine.some((charge) => charge.kind === 'fee' && charge.month === month)) continue;
    const at = { terms, sow, month };
    const amount: Num = prorated(num(line.fee), line, at, decimalsOf(terms.client));
    found.push({ line: name(line.line), kind: 'fee', month, amount });
  }
  return found;
}
