import { firstDayOf } from '../../calendar.ts';
import type { ClientBooks, Expense, LineTerms, TermsProblem, TimeEntry } from '../model.ts';
import { isEmpty, nameKey } from '../names.ts';
import { checkUniqueKeys, problem } from './cells.ts';

/** Rows that cannot be billed as they stand: doubled keys, lines that are gone, hours and expenses on lines of the wrong kind. */
export function checkEntries(books: ClientBooks): TermsProblem[] {
  const lines = new Map(books.today.sowLines.map((line) => [nameKey(line.line), line]));
  return [
    ...checkUniqueKeys(
      'Time entries',
      'Key',
      books.entries.map(({ key }) => key),
    ),
    ...checkUniqueKeys(
      'Expenses',
      'Key',
      books.expenses.map(({ key }) => key),
    ),
    ...checkLinesOf('Time entries', books, books.entries, lines, takesHours),
    ...checkLinesOf('Expenses', books, books.expenses, lines, takesExpenses),
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

function checkLinesOf(
  tab: 'Time entries' | 'Expenses',
  books: ClientBooks,
  rows: readonly (TimeEntry | Expense)[],
  lines: ReadonlyMap<string, LineTerms>,
  refuse: (line: LineTerms) => string | null,
): TermsProblem[] {
  const firstDay = firstDayOf(books.firstPeriod);
  // Many rows share few lines: each line is judged once.
  const known = new Map<string, { found: string; allowed: string } | null>();
  const problems: TermsProblem[] = [];
  for (const row of rows) {
    const billed = row.status === 'auto' || row.status === 'approved';
    if (!billed || row.line === null || isEmpty(row.line) || row.vanished === true || row.date < firstDay) continue;
    const judged = known.get(row.line);
    const wrong = judged === undefined ? judgeLine(row.line, lines, refuse) : judged;
    known.set(row.line, wrong);
    if (wrong !== null) problems.push(problem(tab, row.key, 'SOW line', wrong.found, wrong.allowed));
  }
  return problems;
}

function judgeLine(
  name: string,
  lines: ReadonlyMap<string, LineTerms>,
  refuse: (line: LineTerms) => string | null,
): { found: string; allowed: string } | null {
  const line = lines.get(nameKey(name));
  if (line === undefined) return { found: name, allowed: 'a line of the tab SOW lines' };
  const allowed = refuse(line);
  return allowed === null ? null : { found: `${name} (${line.billing})`, allowed };
}
