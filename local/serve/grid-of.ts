/** A part of a tab as the page draws it: what Sheets would show, conditional colours and charts included. */
import type { CellView, TabView, Workbook } from '../host/host.ts';
import { conditionalStyle } from './conditional.ts';

/** Some empty rows and columns around the data, as in any spreadsheet. */
const SPARE_ROWS = 40;
const SPARE_COLUMNS = 2;
const LEAST_COLUMNS = 10;
const CHART_COLUMNS = 6;
const MOST_ROWS = 500;

/** Rows `fromRow` on of a tab; rows and columns count from 1. */
export function gridOf(workbook: Workbook, tab: string, fromRow: number, rows: number) {
  const from = Math.max(1, fromRow);
  const view = workbook.view(tab, from, from + Math.min(MOST_ROWS, Math.max(1, rows)) - 1);
  const charts = view.charts.flatMap((chart) => chartOf(workbook, view.name, chart));
  const rowCount = Math.min(view.maxRows, view.rows + SPARE_ROWS);
  const columnCount = Math.min(
    view.maxColumns,
    Math.max(
      LEAST_COLUMNS,
      view.columns + SPARE_COLUMNS,
      ...charts.map((chart) => Math.min(view.maxColumns, chart.column + CHART_COLUMNS)),
    ),
  );
  const shown = Math.max(0, Math.min(rowCount - from + 1, rows));
  return {
    tab,
    rowCount,
    columnCount,
    frozenRows: view.frozenRows,
    widths: view.widths,
    fromRow: from,
    cells: Array.from({ length: shown }, (_, row) =>
      Array.from({ length: columnCount }, (_, column) => {
        const cell = view.cells[row]?.[column];
        return cell ? cellOf(cell, conditionalStyle(view.conditional, from + row, column + 1, cell)) : BLANK;
      }),
    ),
    charts,
  };
}

const BLANK = {
  text: '',
  edit: '',
  note: '',
  background: '',
  color: '',
  bold: false,
  right: false,
  guarded: false,
  choices: null,
};

function cellOf(cell: CellView, over: ReturnType<typeof conditionalStyle>) {
  return {
    text: cell.text,
    edit: cell.formula === '' ? String(cell.value) : cell.formula,
    note: cell.note,
    background: over.background ?? cell.background,
    color: over.color ?? cell.color,
    bold: over.bold ?? cell.bold,
    right: cell.align === 'right' || (cell.align === '' && (typeof cell.value === 'number' || isDay(cell.value))),
    guarded: cell.protected !== '',
    choices: cell.choices,
  };
}

/** Only a date shows another text than it holds, or holds a time. */
function isDay(value: CellView['value']): boolean {
  return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}(T|$)/.test(value);
}

/** The chart's first two columns: names and numbers. */
function chartOf(workbook: Workbook, tab: string, chart: TabView['charts'][number]) {
  const [, top, left, rows, columns] = chart.ranges[0] ?? [0, 0, 0, 0, 0];
  const position = chart.data['position'];
  if (!Array.isArray(position) || columns < 2) return [];
  const headers = Number(chart.data['headers'] ?? 0);
  const cells = workbook.view(tab, top + headers, top + rows - 1).cells;
  const options = chart.data['options'] as Readonly<Record<string, unknown>> | undefined;
  return [
    {
      title: String(options?.['title'] ?? ''),
      row: Number(position[0]),
      column: Number(position[1]),
      bars: cells.flatMap((line) => {
        const value = line[left]?.value;
        return typeof value === 'number' ? [{ label: line[left - 1]?.text ?? '', value }] : [];
      }),
    },
  ];
}
