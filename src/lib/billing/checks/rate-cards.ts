import { isDay } from '../../calendar.ts';
import { hoursText, noHours } from '../../hours.ts';
import { exact } from '../../money.ts';
import type { RateRow, Terms, TermsProblem } from '../model.ts';
import { isEmpty, nameKey } from '../names.ts';
import { isDecimal } from '../rate.ts';
import { fromHours } from '../tiers.ts';
import { needNumber, problem } from './cells.ts';

const tab = 'Rates';

/** The rate cards that the client's lines name; those of others are no matter here. */
export function checkRateCards(terms: Terms): TermsProblem[] {
  const named = new Set(terms.sowLines.flatMap(({ rate }) => (isEmpty(rate) ? [] : [nameKey(String(rate))])));
  const tiered = new Set(
    terms.sowLines.flatMap(({ billing, rate }) =>
      billing === 'tiered' && !isEmpty(rate) ? [nameKey(String(rate))] : [],
    ),
  );
  return [...new Set(terms.rates.map((row) => nameKey(row.rateCard)))].flatMap((card) => {
    const rows = terms.rates.filter((row) => nameKey(row.rateCard) === card);
    if (!named.has(card)) return [];
    return [...rows.flatMap(checkRow), ...(tiered.has(card) ? checkTiers(rows) : [])];
  });
}

function checkRow(row: RateRow): TermsProblem[] {
  return [
    ...needNumber(tab, row.rateCard, 'Rate', row.rate),
    ...(isEmpty(row.fromDate) || isDay(row.fromDate ?? '')
      ? []
      : [problem(tab, row.rateCard, 'From date', row.fromDate, 'a date, or empty')]),
    ...(row.fromHours === null || isEmpty(row.fromHours) || (isDecimal(row.fromHours) && exact(row.fromHours).gte(0))
      ? []
      : [problem(tab, row.rateCard, 'From hours', row.fromHours, 'a number, 0 or more')]),
  ];
}

/** Tiers have bounds only: no Person, Role or Task; the lowest starts at 0; no two begin at the same hours on the same day. */
function checkTiers(rows: readonly RateRow[]): TermsProblem[] {
  const card = rows[0]?.rateCard ?? '';
  if (rows.some((row) => row.fromHours !== null && !isEmpty(row.fromHours) && !isDecimal(row.fromHours))) return [];
  const named = rows.flatMap((row) =>
    (['person', 'role', 'task'] as const).flatMap((column) =>
      isEmpty(row[column])
        ? []
        : [
            problem(
              tab,
              card,
              `${column[0]?.toUpperCase()}${column.slice(1)}`,
              row[column],
              'empty on a card that a tiered line uses',
            ),
          ],
    ),
  );
  const lowest = rows.map(fromHours).sort((a, b) => a - b)[0] ?? noHours;
  const gap = lowest > 0 ? [problem(tab, card, 'From hours', hoursText(lowest), 'a first tier from 0 hours')] : [];
  const bounds = rows.map((row) => `${fromHours(row)} ${row.fromDate ?? ''}`);
  const twice = rows.filter((_, index) => bounds.indexOf(bounds[index] ?? '') !== index);
  const overlap = twice.map((row) =>
    problem(
      tab,
      card,
      'From hours',
      hoursText(fromHours(row)),
      'each bound once for a From date: tiers must not overlap',
    ),
  );
  const volumeOfSow = rows.some((row) => row.tiering === 'volume') && rows.some((row) => row.tiersCount === 'SOW');
  return [
    ...named,
    ...gap,
    ...overlap,
    ...(volumeOfSow ? [problem(tab, card, 'Tiers count', 'SOW', 'month, where Tiering is volume')] : []),
  ];
}
