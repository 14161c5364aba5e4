import { isMonth } from '../../calendar.ts';
import { exact } from '../../money.ts';
import type { ClientBooks, SowTerms, Terms, TermsProblem } from '../model.ts';
import { isEmpty, nameKey } from '../names.ts';
import { isDecimal } from '../rate.ts';
import { checkDays, checkNumber, checkPercent, checkUnique, problem } from './cells.ts';

export function checkClient(books: ClientBooks): TermsProblem[] {
  return isMonth(books.firstPeriod)
    ? []
    : [problem('Settings', 'First period', 'Value', books.firstPeriod, 'a month such as 2026-10')];
}

export function checkSows(terms: Terms): TermsProblem[] {
  return [
    ...checkUnique(
      'SOWs',
      'SOW',
      terms.sows.map(({ sow }) => sow),
    ),
    ...terms.sows.flatMap((sow) => checkSow(sow, terms)),
  ];
}

function checkSow(sow: SowTerms, terms: Terms): TermsProblem[] {
  return [
    ...checkDays('SOWs', sow.sow, sow.starts, sow.ends),
    ...checkNumber('SOWs', sow.sow, 'Cap', sow.cap),
    ...checkPercent('SOWs', sow.sow, 'Discount %', sow.discountPercent, 100),
    ...checkCap(sow, terms),
  ];
}

function checkCap(sow: SowTerms, terms: Terms): TermsProblem[] {
  if (sow.cap === null || isEmpty(sow.cap) || !isDecimal(sow.cap)) return [];
  const before = terms.sowLines
    .filter((line) => nameKey(line.sow) === nameKey(sow.sow) && line.billing !== 'expense')
    .flatMap(({ billedBeforeAmount: cell }) =>
      cell === null || isEmpty(cell) || !isDecimal(cell) ? [] : [exact(cell)],
    )
    .reduce((sum, one) => sum.plus(one), exact(0));
  if (exact(sow.cap).gte(before)) return [];
  return [
    problem(
      'SOWs',
      sow.sow,
      'Cap',
      sow.cap,
      `at least the ${before.toFixed()} that its lines say in Billed before amount`,
    ),
  ];
}
