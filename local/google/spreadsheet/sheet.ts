import { call, callNumber, callText, Exception, outgoing } from '../bridge.ts';
import { guardClass } from '../guard.ts';
import { type ChartData, EmbeddedChart, EmbeddedChartBuilder } from './chart.ts';
import { type ConditionalData, ConditionalFormatRule } from './conditional.ts';
import { Protection } from './protection.ts';
import { type Area, Range } from './range.ts';
import type { Spreadsheet } from './spreadsheet.ts';

/** Google's Sheet; the host knows it by its id. */
export class Sheet {
  readonly parent: Spreadsheet;
  readonly id: number;

  constructor(parent: Spreadsheet, id: number) {
    this.parent = parent;
    this.id = id;
  }

  getParent(): Spreadsheet {
    return this.parent;
  }

  getSheetId(): number {
    return this.id;
  }

  getName(): string {
    return callText('sheet.get', this.id, 'name');
  }

  getSheetName(): string {
    return this.getName();
  }

  setName(name: string): this {
    return this.change('setName', String(name));
  }

  getIndex(): number {
    return callNumber('sheet.get', this.id, 'index');
  }

  getRange(row: number | string, column?: number, rows = 1, columns = 1): Range {
    if (typeof row === 'string') return this.rangeAt(call('sheet.a1', this.id, row) as Area);
    if (column === undefined || [row, column, rows, columns].some((part) => !Number.isFinite(part))) {
      throw new Exception(
        `The parameters (${[row, column].map((part) => typeof part).join(',')}) don't match the method signature for SpreadsheetApp.Sheet.getRange.`,
      );
    }
    return this.rangeAt(call('sheet.range', this.id, row, column, rows, columns) as Area);
  }

  getDataRange(): Range {
    return this.rangeAt(call('sheet.dataRange', this.id) as Area);
  }

  getLastRow(): number {
    return callNumber('sheet.lastRow', this.id);
  }

  getLastColumn(): number {
    return callNumber('sheet.lastColumn', this.id);
  }

  getMaxRows(): number {
    return callNumber('sheet.get', this.id, 'maxRows');
  }

  getMaxColumns(): number {
    return callNumber('sheet.get', this.id, 'maxColumns');
  }

  getFrozenRows(): number {
    return callNumber('sheet.get', this.id, 'frozenRows');
  }

  getFrozenColumns(): number {
    return callNumber('sheet.get', this.id, 'frozenColumns');
  }

  setFrozenRows(rows: number): this {
    return this.change('setFrozenRows', rows);
  }

  setFrozenColumns(columns: number): this {
    return this.change('setFrozenColumns', columns);
  }

  appendRow(values: readonly unknown[]): this {
    return this.change('appendRow', values.map(outgoing));
  }

  insertRowsAfter(after: number, count: number): this {
    return this.change('insertRows', after + 1, count);
  }

  insertRowAfter(after: number): this {
    return this.change('insertRows', after + 1, 1);
  }

  insertRowsBefore(before: number, count: number): this {
    return this.change('insertRows', before, count);
  }

  insertRowBefore(before: number): this {
    return this.change('insertRows', before, 1);
  }

  insertColumnsAfter(after: number, count: number): this {
    return this.change('insertColumns', after + 1, count);
  }

  insertColumnAfter(after: number): this {
    return this.change('insertColumns', after + 1, 1);
  }

  insertColumnsBefore(before: number, count: number): this {
    return this.change('insertColumns', before, count);
  }

  insertColumnBefore(before: number): this {
    return this.change('insertColumns', before, 1);
  }

  deleteRow(row: number): this {
    return this.change('deleteRows', row, 1);
  }

  deleteRows(row: number, count: number): void {
    this.change('deleteRows', row, count);
  }

  deleteColumn(column: number): this {
    return this.change('deleteColumns', column, 1);
  }

  deleteColumns(column: number, count: number): void {
    this.change('deleteColumns', column, count);
  }

  hideSheet(): this {
    return this.change('setHidden', true);
  }

  showSheet(): this {
    return this.change('setHidden', false);
  }

  isSheetHidden(): boolean {
    return call('sheet.get', this.id, 'hidden') === true;
  }

  setTabColor(color: string | null): this {
    return this.change('setTabColor', color);
  }

  setColumnWidth(column: number, pixels: number): this {
    return this.change('setColumnWidths', column, 1, pixels);
  }

  setColumnWidths(column: number, count: number, pixels: number): this {
    return this.change('setColumnWidths', column, count, pixels);
  }

  getColumnWidth(column: number): number {
    return callNumber('sheet.columnWidth', this.id, column);
  }

  autoResizeColumn(column: number): this {
    return this.change('autoResizeColumns', column, 1);
  }

  autoResizeColumns(column: number, count: number): this {
    return this.change('autoResizeColumns', column, count);
  }

  setRowHeight(row: number, pixels: number): this {
    return this.change('setRowHeights', row, 1, pixels);
  }

  hideColumns(column: number, count = 1): void {
    this.change('setColumnsHidden', column, count, true);
  }

  showColumns(column: number, count = 1): void {
    this.change('setColumnsHidden', column, count, false);
  }

  setHiddenGridlines(hidden: boolean): this {
    return this.change('setHiddenGridlines', hidden);
  }

  sort(column: number, ascending = true): this {
    return this.change('sort', column, ascending);
  }

  clear(options?: { contentsOnly?: boolean; formatOnly?: boolean }): this {
    const parts = options?.contentsOnly ? ['content'] : options?.formatOnly ? ['format'] : ['content', 'format'];
    return this.change('clear', parts);
  }

  clearContents(): this {
    return this.change('clear', ['content']);
  }

  clearConditionalFormatRules(): void {
    this.change('setConditional', []);
  }

  activate(): this {
    return this.change('activate');
  }

  protect(): Protection {
    return new Protection(callNumber('sheet.protect', this.id), (area) => this.rangeAt(area));
  }

  getProtections(type: unknown): Protection[] {
    const ids = call('sheet.protections', this.id, String(type)) as number[];
    return ids.map((id) => new Protection(id, (area) => this.rangeAt(area)));
  }

  getFilter(): null {
    call('sheet.get', this.id, 'name');
    return null;
  }

  getCharts(): EmbeddedChart[] {
    const charts = call('sheet.charts', this.id) as { data: ChartData; ranges: Area[] }[];
    return charts.map(
      (chart) =>
        new EmbeddedChart(
          chart.data,
          chart.ranges.map((area) => this.anywhere(area)),
        ),
    );
  }

  newChart(): EmbeddedChartBuilder {
    return new EmbeddedChartBuilder();
  }

  insertChart(chart: EmbeddedChart): void {
    this.change(
      'insertChart',
      chart.data,
      chart.ranges.map((range) => range.at),
    );
  }

  updateChart(chart: EmbeddedChart): void {
    this.change(
      'updateChart',
      chart.data,
      chart.ranges.map((range) => range.at),
    );
  }

  removeChart(chart: EmbeddedChart): void {
    this.change('removeChart', chart.data.id);
  }

  setConditionalFormatRules(rules: readonly ConditionalFormatRule[]): void {
    this.change(
      'setConditional',
      rules.map((rule) => ({ data: rule.data, ranges: rule.ranges.map((range) => range.at) })),
    );
  }

  getConditionalFormatRules(): ConditionalFormatRule[] {
    const rules = call('sheet.conditional', this.id) as { data: ConditionalData; ranges: Area[] }[];
    return rules.map(
      (rule) =>
        new ConditionalFormatRule(
          rule.data,
          rule.ranges.map((area) => this.anywhere(area)),
        ),
    );
  }

  rangeAt(area: Area): Range {
    return new Range(this, area);
  }

  anywhere(area: Area): Range {
    return new Range(area[0] === this.id ? this : new Sheet(this.parent, area[0]), area);
  }

  change(action: string, ...args: readonly unknown[]): this {
    call(`sheet.${action}`, this.id, ...args);
    return this;
  }
}
guardClass(Sheet, 'Sheet');
