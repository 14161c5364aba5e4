import { describe, expect, it } from 'vitest';
import { readNumber, standsIn, statesDay, statesNumber } from '../../../src/lib/sow-import/stands.ts';

describe('a quote stands in a document', () => {
  const document = '**A-1/1 Plan.** Fixed fee,\n  $16,000.  It “ends” early.';
  it.each([
    ['word for word', 'Fixed fee, $16,000.', true],
    ['white space and emphasis aside', 'A-1/1 Plan. Fixed fee,   $16,000.', true],
    ['curly quotes aside', 'It "ends" early.', true],
    ['but not with another amount', 'Fixed fee, $18,000.', false],
    ['not with words left out', 'Fixed, $16,000.', false],
    ['not in other letters', 'fixed fee, $16,000.', false],
    ['and nothing is no quote', ' * ', false],
  ])('%s', (_, quote, stands) => {
    expect(standsIn(quote, document)).toBe(stands);
  });
});

describe('a number is stated', () => {
  it.each([
    ['$16,000 fixed', 16000, true],
    ['$1,234,567.50', 1234567.5, true],
    ['16.000,50 EUR', 16000.5, true],
    ["CHF 16'000", 16000, true],
    ['62,5 hours', 62.5, true],
    ['at most sixty hours', 60, true],
    ['twenty-five percent', 25, true],
    ['half of $16,000', 8000, false],
    ['$160,000', 16000, false],
    ['$16,000', 16, false],
    ['PR-4 and PR-5', 9, false],
    ['', 0, false],
  ])('%s: %d %s', (text, value, stated) => {
    expect(statesNumber(text, value)).toBe(stated);
  });

  it.each([
    ['$16,000', 16000],
    ['10 %', 10],
    ['3 x 5', null],
    ['a lot', null],
  ])('%s reads as %s', (said, value) => {
    expect(readNumber(said)).toBe(value);
  });
});

describe('a day is stated', () => {
  it.each([
    ['ends on 9 October 2026', '2026-10-09', true],
    ['ends on October 9th, 2026', '2026-10-09', true],
    ['the 9th of October, 2026', '2026-10-09', true],
    ['9 Oct. 2026', '2026-10-09', true],
    ['Sept 9, 2026', '2026-09-09', true],
    ['2026-10-09', '2026-10-09', true],
    ['10/9/2026', '2026-10-09', true],
    ['09.10.26', '2026-10-09', true],
    ['3 August to 30 October 2026', '2026-08-03', true],
    ['ends on 19 October 2026', '2026-10-09', false],
    ['ends on 9 October 2027', '2026-10-09', false],
    ['ends in October 2026', '2026-10-31', false],
    ['30 February 2026', '2026-02-30', false],
  ])('%s: %s %s', (text, day, stated) => {
    expect(statesDay(text, day)).toBe(stated);
  });
});
