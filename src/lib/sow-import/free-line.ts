import { foldName } from '../workbook/cell.ts';

/** The number after the highest that a line of the SOW has: `ACME-1/6`. @param taken keys of lines */
export function freeLine(sow: string, taken: Iterable<string>): string {
  const start = `${foldName(sow)}/`;
  const numbers = [...taken].flatMap((key) => {
    const folded = foldName(key);
    return folded.startsWith(start) ? [Number.parseInt(folded.slice(start.length), 10) || 0] : [];
  });
  return `${sow}/${Math.max(0, ...numbers) + 1}`;
}
