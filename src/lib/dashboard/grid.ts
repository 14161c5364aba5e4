/** A cell of the Dashboard: text, a number, or a moment in milliseconds. */
export type DashboardCell = string | number | { readonly ms: number };

/** How a row looks. */
export type RowLook = 'title' | 'note' | 'section' | 'header' | 'body' | 'total' | 'gap';

export interface DashboardRow {
  readonly look: RowLook;
  readonly cells: readonly DashboardCell[];
  /** Number formats, beside the cells; a missing one is automatic. */
  readonly formats: readonly string[];
}

/** Number formats that Google, Excel and LibreOffice show alike. */
export const FORMATS = {
  count: '#,##0',
  hours: '#,##0.00',
  money: '#,##0.00',
  share: '0.0%',
  when: 'yyyy-mm-dd hh:mm',
  text: '',
} as const;

export type Format = keyof typeof FORMATS;

/** A section: its heading, the headers of its columns, its rows, and a gap. Without rows it says so in words. */
export function section(
  heading: string,
  columns: readonly { readonly header: string; readonly format: Format }[],
  rows: readonly (readonly DashboardCell[])[],
  options: { readonly empty: string; readonly total?: readonly DashboardCell[] },
): readonly DashboardRow[] {
  const formats = columns.map((column) => FORMATS[column.format]);
  const body: readonly DashboardRow[] =
    rows.length === 0
      ? [plainRow('note', options.empty)]
      : [
          { look: 'header', cells: columns.map((column) => column.header), formats: [] },
          ...rows.map((cells): DashboardRow => ({ look: 'body', cells, formats })),
          ...(options.total === undefined ? [] : [{ look: 'total' as const, cells: options.total, formats }]),
        ];
  return [plainRow('section', heading), ...body, plainRow('gap', '')];
}

/** A row of one text. */
export function plainRow(look: RowLook, text: string): DashboardRow {
  return { look, cells: [text], formats: [] };
}
