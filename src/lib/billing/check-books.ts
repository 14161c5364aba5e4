import { checkEntries } from './checks/entries.ts';
import { checkLines } from './checks/lines.ts';
import { checkRateCards } from './checks/rate-cards.ts';
import { checkClient, checkSows } from './checks/sows.ts';
import type { ClientBooks, TermsProblem } from './model.ts';

/** Everything in the tabs that keeps the client from being billed, all together. */
export function checkBooks(books: ClientBooks): TermsProblem[] {
  return [
    ...checkClient(books),
    ...checkSows(books.today),
    ...checkLines(books.today),
    ...checkRateCards(books.today),
    ...checkEntries(books),
  ];
}
