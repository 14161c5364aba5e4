import { firstDayOf, lastDayOf, monthName } from '../calendar.ts';
import { type Hours, hoursText, tenThousandths } from '../hours.ts';
import { showRate } from '../money.ts';
import type { Line } from './contract.ts';
import type { Month } from './model.ts';
import type { Layer } from './pool.ts';
import type { Rate } from './rate.ts';

/** `Strategy advice, October 2026`. */
export function titleOf(line: Line, month: Month): string {
  return `${line.title}, ${monthName(month)}`;
}

/** `12.5 h`. */
export function hoursWords(hours: number): string {
  return `${hoursText(tenThousandths(hours))} h`;
}

/** `3 h carried from September`, `5 h carried from August and September`; a month of another year is named with it. */
export function carriedWords(layers: readonly Layer[], now: Month, show: (amount: number) => string): string {
  const total = layers.reduce((sum, layer) => sum + layer.left, 0);
  const months = layers.map(({ month }) =>
    month.slice(0, 4) === now.slice(0, 4) ? monthName(month).slice(0, -5) : monthName(month),
  );
  return `${show(total)} carried from ${listWords(months)}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function listWords(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words[words.length - 1] ?? ''}`;
}

/** `$185.00` or `$185.00 and $150.00`, each once, higher first as given. */
export function ratesWords(rates: readonly Rate[], currency: string): string {
  return listWords([...new Set(rates.map((rate) => showRate(rate.value, currency)))]);
}

export function wholeMonth(month: Month): { from: string; to: string } {
  return { from: firstDayOf(month), to: lastDayOf(month) };
}

/** `hours over 10 up to 20`, `hours up to 10`, `hours over 20`. */
export function tierWords(from: Hours, upTo: Hours | null): string {
  if (upTo === null) return from === 0 ? 'all hours' : `hours over ${hoursText(from)}`;
  return from === 0 ? `hours up to ${hoursText(upTo)}` : `hours over ${hoursText(from)} up to ${hoursText(upTo)}`;
}
