import { foldName } from '../workbook/cell.ts';

/** The name that is spelt most like this one, for a sentence: ` (nearest is "Acme")`; empty where none is near. */
export function nearestWords(name: string, known: Iterable<string>): string {
  const wanted = foldName(name);
  let best = '';
  let least = Math.max(2, Math.floor(wanted.length / 3)) + 1;
  for (const one of known) {
    const apart = distance(wanted, foldName(one));
    if (apart < least) [best, least] = [one, apart];
  }
  return best === '' ? '' : ` (nearest is "${best}")`;
}

/** How many letters have to be changed, added or left out. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const swapped = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(swapped, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
