/** A row of Time entries or Expenses, as far as it tells who decided. */
interface DecidedRow {
  readonly status: string;
  readonly sowLine: string;
  readonly decidedBy: string;
}

/** Rows that are settled on a line, and how many of them no person has decided: an invoiced row still counts as who decided it. */
export function whoDecided(rows: readonly DecidedRow[]): { readonly all: number; readonly withoutPerson: number } {
  const settled = rows.filter(({ status }) => status === 'auto' || status === 'approved' || status === 'invoiced');
  const alone = settled.filter((row) => row.sowLine !== '' && row.decidedBy === '');
  return { all: settled.length, withoutPerson: alone.length };
}
