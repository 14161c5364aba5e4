/**
 * The hours of an entry over the rows that it was split into. While they add up they stay as they are; a difference goes to the last
 * row that is not billed yet (else to the last), and what that cannot give, to the one before it, so that nothing falls below 0.
 */
export function shareOut(
  rows: readonly { readonly amount: number; readonly billed: boolean }[],
  total: number,
): readonly number[] {
  if (rows.length === 1) return [total];
  const amounts = rows.map((row) => row.amount);
  let missing = tenThousandths(total - amounts.reduce((sum, amount) => sum + amount, 0));
  if (missing === 0) return amounts;
  const open = rows.map((row, index) => ({ ...row, index })).reverse();
  for (const { index } of [...open.filter((row) => !row.billed), ...open.filter((row) => row.billed)]) {
    const before = amounts[index] ?? 0;
    const after = tenThousandths(Math.max(before + missing, Math.min(before, 0)));
    amounts[index] = after;
    missing = tenThousandths(missing - (after - before));
    if (missing === 0) break;
  }
  if (missing !== 0) amounts[amounts.length - 1] = tenThousandths((amounts[amounts.length - 1] ?? 0) + missing);
  return amounts;
}

/** Hours keep four decimals. */
function tenThousandths(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
