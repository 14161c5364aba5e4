import { isMonth } from '../../calendar.ts';
import type { ClientBooks, SowTerms, Terms, TermsProblem } from '../model.ts';
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
    ...terms.sows.flatMap(checkSow),
  ];
}

function checkSow(sow: SowTerms): TermsProblem[] {
  return [
    ...checkDays('SOWs', sow.sow, sow.starts, sow.ends),
    ...checkNumber('SOWs', sow.sow, 'Cap', sow.cap),
    ...checkPercent('SOWs', sow.sow, 'Discount %', sow.discountPercent, 100),
  ];
}
