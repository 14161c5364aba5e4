import { firstDayOf } from '../../calendar.ts';
import type { ClientBooks, Expense, LineTerms, TermsProblem, TimeEntry } from '../model.ts';
import { isEmpty, nameKey } from '../names.ts';
import { checkUnique, problem } from './cells.ts';

/** Rows that cannot be billed as they stand: doubled keys, lines that are gone, hours and expenses on lines of the wrong kind. */
export function checkEntries(books: ClientBooks): TermsProblem[] {
  const lines = new Map(books.today.sowLines.map((line) => [nameKey(line.line), line]));
  return [
    ...checkUnique(
      'Time entries',
      'Key',
      books.entries.map(({ key }) => key),
    ),
    ...checkUnique(
      'Expenses',
      'Key',
      books.expenses.map(({ key }) => key),
    ),
    ...books.entries.flatMap((entry) => checkLineOf('Time entries', books, entry, lines, takesHours)),
    ...books.expenses.flatMap((expense) => checkLineOf('Expenses', books, expense, lines, takesExpenses)),
  ];
}

function takesHours(line: LineTerms): string | null {
  return line.billing === 'expense' ? 'a line that takes hours (this one takes expenses)' : null;
}

function takesExpenses(line: LineTerms): string | null {
  switch (line.billing) {
    case 'expense':
    case 'non-billable':
    case 'fixed monthly':
    case 'milestone':
      return null;
    case 'hourly':
    case 'tiered':
    case 'retainer':
    case 'covered':
      return 'a line whose Billing is expense (or non-billable, where it is not billed)';
  }
}

function checkLineOf(
  tab: 'Time entries' | 'Expenses',
  books: ClientBooks,
  row: TimeEntry | Expense,
  lines: ReadonlyMap<string, LineTerms>,
  refuse: (line: LineTerms) => string | null,
): TermsProblem[] {
  const billed = row.status === 'auto' || row.status === 'approved';
  if (!billed || isEmpty(row.line) || row.vanished === true || row.date < firstDayOf(books.firstPeriod)) return [];
  const line = lines.get(nameKey(row.line ?? ''));
  if (line === undefined) return [problem(tab, row.key, 'SOW line', row.line, 'a line of the tab SOW lines')];
  const allowed = refuse(line);
  return allowed === null ? [] : [problem(tab, row.key, 'SOW line', `${row.line} (${line.billing})`, allowed)];
}
