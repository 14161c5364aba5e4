import { isDay } from '../../calendar.ts';
import { exact } from '../../money.ts';
import type { Decimal, LineTerms, Terms, TermsProblem } from '../model.ts';
import { isEmpty, nameKey } from '../names.ts';
import { isDecimal } from '../rate.ts';
import { checkDays, checkNumber, checkPercent, checkUnique, needNumber, problem } from './cells.ts';

const tab = 'SOW lines';

export function checkLines(terms: Terms): TermsProblem[] {
  return [
    ...checkUnique(
      tab,
      'Line',
      terms.sowLines.map(({ line }) => line),
    ),
    ...terms.sowLines.flatMap((line) => checkLine(line, terms)),
  ];
}

function checkLine(line: LineTerms, terms: Terms): TermsProblem[] {
  const key = line.line;
  const known = terms.sows.some((sow) => nameKey(sow.sow) === nameKey(line.sow));
  return [
    ...(known ? [] : [problem(tab, key, 'SOW', line.sow, 'a SOW of the tab SOWs')]),
    ...checkDays(tab, key, line.starts, line.ends),
    ...checkNumber(tab, key, 'Cap hours', line.capHours),
    ...checkNumber(tab, key, 'Cap amount', line.capAmount),
    ...checkNumber(tab, key, 'Billed before hours', line.billedBeforeHours),
    ...checkNumber(tab, key, 'Billed before amount', line.billedBeforeAmount),
    ...checkNumber(tab, key, 'Minimum', line.minimum),
    ...checkPercent(tab, key, 'Markup %', line.markupPercent, null),
    ...notBelow(line, 'Cap hours', line.capHours, 'Billed before hours', line.billedBeforeHours),
    ...notBelow(line, 'Cap amount', line.capAmount, 'Billed before amount', line.billedBeforeAmount),
    ...checkRate(line, terms),
    ...checkBilling(line, terms),
  ];
}

function checkBilling(line: LineTerms, terms: Terms): TermsProblem[] {
  switch (line.billing) {
    case 'retainer':
      return checkRetainer(line);
    case 'covered':
      return checkCovered(line, terms);
    case 'fixed monthly':
      return needNumber(tab, line.line, 'Fee', line.fee);
    case 'milestone':
      return [
        ...needNumber(tab, line.line, 'Fee', line.fee),
        ...(isEmpty(line.completedOn) || isDay(line.completedOn ?? '')
          ? []
          : [problem(tab, line.line, 'Completed on', line.completedOn, 'a date, or empty')]),
      ];
    case 'hourly':
    case 'tiered':
    case 'expense':
    case 'non-billable':
      return [];
  }
}

function checkRetainer(line: LineTerms): TermsProblem[] {
  const both = !isEmpty(line.includedHours) && !isEmpty(line.includedAmount);
  const carry = line.overage === 'carry' && !isEmpty(line.includedAmount);
  return [
    ...needNumber(tab, line.line, 'Fee', line.fee),
    ...checkNumber(tab, line.line, 'Included hours', line.includedHours),
    ...checkNumber(tab, line.line, 'Included amount', line.includedAmount),
    ...checkNumber(tab, line.line, 'Rollover cap', line.rolloverCap),
    ...checkWhole(line, 'Rollover months', line.rolloverMonths),
    ...(both
      ? [
          problem(
            tab,
            line.line,
            'Included amount',
            line.includedAmount,
            'empty where Included hours is set: a retainer includes hours or money',
          ),
        ]
      : []),
    ...(carry
      ? [problem(tab, line.line, 'Overage', line.overage, 'bill, absorb or hold: carry works with Included hours only')]
      : []),
  ];
}

function checkWhole(line: LineTerms, column: string, cell: Decimal | null): TermsProblem[] {
  if (cell === null || isEmpty(cell)) return [];
  return isDecimal(cell) && exact(cell).gte(0) && exact(cell).mod(1).eq(0)
    ? []
    : [problem(tab, line.line, column, cell, 'a whole number, 0 or more')];
}

function checkCovered(line: LineTerms, terms: Terms): TermsProblem[] {
  const allowed = `the key of a retainer line of the SOW ${line.sow}`;
  const retainer = terms.sowLines.find((one) => nameKey(one.line) === nameKey(line.retainer));
  const fits = retainer !== undefined && retainer.billing === 'retainer' && nameKey(retainer.sow) === nameKey(line.sow);
  return fits ? [] : [problem(tab, line.line, 'Retainer', line.retainer, allowed)];
}

function notBelow(
  line: LineTerms,
  column: string,
  cap: Decimal | null,
  beforeColumn: string,
  before: Decimal | null,
): TermsProblem[] {
  if (cap === null || before === null || isEmpty(cap) || isEmpty(before) || !isDecimal(cap) || !isDecimal(before))
    return [];
  return exact(cap).gte(exact(before))
    ? []
    : [problem(tab, line.line, column, cap, `at least the ${before} of ${beforeColumn}`)];
}

/** Where time is billed, the Rate is a number, the name of a rate card, or empty; on a tiered line it is the name of a card. */
function checkRate(line: LineTerms, terms: Terms): TermsProblem[] {
  switch (line.billing) {
    case 'tiered':
      return isCard(line.rate, terms)
        ? []
        : [problem(tab, line.line, 'Rate', line.rate, 'the name of a rate card of the tab Rates, with its tiers')];
    case 'hourly':
    case 'retainer':
    case 'covered':
      if (line.rate === null || isEmpty(line.rate)) return [];
      if (isDecimal(line.rate)) return checkNumber(tab, line.line, 'Rate', line.rate);
      return isCard(line.rate, terms)
        ? []
        : [problem(tab, line.line, 'Rate', line.rate, 'a number, a rate card of the tab Rates, or empty')];
    case 'fixed monthly':
    case 'milestone':
    case 'expense':
    case 'non-billable':
      return [];
  }
}

function isCard(rate: Decimal | null, terms: Terms): boolean {
  return (
    rate !== null &&
    !isEmpty(rate) &&
    !isDecimal(rate) &&
    terms.rates.some((row) => nameKey(row.rateCard) === nameKey(String(rate)))
  );
}
