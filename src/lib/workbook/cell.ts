/**
 * What a spreadsheet cell holds when it reaches pure code. A date cell arrives as its calendar day in the
 * spreadsheet's time zone, with the exact moment beside it; pure code never sees a `Date`.
 */
export type Cell = string | number | boolean | { readonly day: string; readonly ms: number };

/** What pure code asks to be written: text, a number, a calendar day (midnight in the spreadsheet's zone) or a moment. */
export type CellToWrite = string | number | { readonly day: string } | { readonly ms: number };

/** Tells whether a cell holds nothing but blanks. */
export function isBlank(cell: Cell | undefined): boolean {
  return cell === undefined || (typeof cell === 'string' && cell.trim() === '');
}

/** Shows a cell in a message, shortened to 60 characters. */
export function showCell(cell: Cell): string {
  if (typeof cell === 'object') return cell.day;
  if (typeof cell === 'boolean') return cell ? 'TRUE' : 'FALSE';
  if (typeof cell === 'number') return String(cell);
  if (cell.trim() === '') return 'nothing';
  return cell.length > 60 ? `"${cell.slice(0, 60)}…"` : `"${cell}"`;
}

/** The form in which names are compared: without case and outer blanks. */
export function foldName(name: string): string {
  return name.trim().toLowerCase();
}

/** Tells whether two names are the same to a person: without case and outer blanks. */
export function sameName(a: string, b: string): boolean {
  return foldName(a) === foldName(b);
}
