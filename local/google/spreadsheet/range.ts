import { call, callGrid, Exception, outgoing } from '../bridge.ts';
import { guardClass } from '../guard.ts';
import { Protection } from './protection.ts';
import type { Sheet } from './sheet.ts';
import { DataValidation, type RuleData } from './validation.ts';

/** Sheet id, first row, first column, rows, columns; all from one. */
export type Area = readonly [sheet: number, row: number, column: number, rows: number, columns: number];

/** Google's Range, over one rectangle. */
export class Range {
  readonly sheet: Sheet;
  readonly at: Area;

  constructor(sheet: Sheet, at: Area) {
    this.sheet = sheet;
    this.at = at;
  }

  area(): Area {
    return this.at;
  }

  getSheet(): Sheet {
    return this.sheet;
  }

  getRow(): number {
    return this.at[1];
  }

  getColumn(): number {
    return this.at[2];
  }

  getNumRows(): number {
    return this.at[3];
  }

  getNumColumns(): number {
    return this.at[4];
  }

  getHeight(): number {
    return this.at[3];
  }

  getWidth(): number {
    return this.at[4];
  }

  getLastRow(): number {
    return this.at[1] + this.at[3] - 1;
  }

  getLastColumn(): number {
    return this.at[2] + this.at[4] - 1;
  }

  getA1Notation(): string {
    const first = `${columnLetters(this.getColumn())}${this.getRow()}`;
    if (this.at[3] === 1 && this.at[4] === 1) return first;
    return `${first}:${columnLetters(this.getLastColumn())}${this.getLastRow()}`;
  }

  getCell(row: number, column: number): Range {
    if (row < 1 || column < 1 || row > this.at[3] || column > this.at[4])
      throw new Exception('Cell reference out of range');
    return this.offset(row - 1, column - 1, 1, 1);
  }

  offset(rows: number, columns: number, height = this.at[3], width = this.at[4]): Range {
    return this.sheet.getRange(this.at[1] + rows, this.at[2] + columns, height, width);
  }

  getValues(): unknown[][] {
    return callGrid('range.getValues', this.at);
  }

  getValue(): unknown {
    return callGrid('range.getValues', first(this.at))[0]?.[0];
  }

  getDisplayValues(): string[][] {
    return callGrid('range.getDisplayValues', this.at) as string[][];
  }

  getDisplayValue(): string {
    return one(callGrid('range.getDisplayValues', first(this.at)));
  }

  getFormulas(): string[][] {
    return callGrid('range.getFormulas', this.at) as string[][];
  }

  getFormula(): string {
    return one(callGrid('range.getFormulas', first(this.at)));
  }

  isBlank(): boolean {
    return callGrid('range.getValues', this.at).every((row) => row.every((value) => value === ''));
  }

  setValues(values: readonly (readonly unknown[])[]): this {
    call('range.setValues', this.at, grid(values, 'setValues'));
    return this;
  }

  setValue(value: unknown): this {
    call('range.setValue', this.at, outgoing(value));
    return this;
  }

  setFormulas(formulas: readonly (readonly unknown[])[]): this {
    call('range.setFormulas', this.at, grid(formulas, 'setFormulas'));
    return this;
  }

  setFormula(formula: string): this {
    call('range.setFormula', this.at, String(formula));
    return this;
  }

  clearContent(): this {
    call('range.clear', this.at, ['content']);
    return this;
  }

  clearFormat(): this {
    call('range.clear', this.at, ['format']);
    return this;
  }

  clearNote(): this {
    return this.style('note', '');
  }

  clear(options?: { contentsOnly?: boolean; formatOnly?: boolean; validationsOnly?: boolean }): this {
    const parts = [
      ...(options?.contentsOnly ? ['content'] : []),
      ...(options?.formatOnly ? ['format'] : []),
      ...(options?.validationsOnly ? ['validation'] : []),
    ];
    call('range.clear', this.at, parts.length > 0 ? parts : ['content', 'format']);
    return this;
  }

  clearDataValidations(): this {
    call('range.clear', this.at, ['validation']);
    return this;
  }

  setNumberFormat(format: string): this {
    return this.style('numberFormat', String(format));
  }

  setNumberFormats(formats: readonly (readonly string[])[]): this {
    return this.styles('numberFormat', formats, 'setNumberFormats');
  }

  getNumberFormat(): string {
    return one(callGrid('range.getStyles', first(this.at), 'numberFormat'));
  }

  getNumberFormats(): string[][] {
    return callGrid('range.getStyles', this.at, 'numberFormat') as string[][];
  }

  setNote(note: string | null): this {
    return this.style('note', note === null ? '' : String(note));
  }

  setNotes(notes: readonly (readonly unknown[])[]): this {
    return this.styles('note', notes, 'setNotes');
  }

  getNote(): string {
    return one(callGrid('range.getStyles', first(this.at), 'note'));
  }

  getNotes(): string[][] {
    return callGrid('range.getStyles', this.at, 'note') as string[][];
  }

  setDataValidation(rule: DataValidation | null): this {
    call('range.setValidation', this.at, rule === null ? null : rule.data);
    return this;
  }

  setDataValidations(rules: readonly (readonly (DataValidation | null)[])[]): this {
    call(
      'range.setValidations',
      this.at,
      rules.map((row) => row.map((rule) => (rule === null ? null : rule.data))),
    );
    return this;
  }

  getDataValidation(): DataValidation | null {
    return this.validations(first(this.at))[0]?.[0] ?? null;
  }

  getDataValidations(): (DataValidation | null)[][] {
    return this.validations(this.at);
  }

  insertCheckboxes(): this {
    call('range.insertCheckboxes', this.at);
    return this;
  }

  setFontWeight(weight: string | null): this {
    return this.style('fontWeight', weight);
  }

  setFontWeights(weights: readonly (readonly (string | null)[])[]): this {
    return this.styles('fontWeight', weights, 'setFontWeights');
  }

  getFontWeight(): string {
    return one(callGrid('range.getStyles', first(this.at), 'fontWeight'));
  }

  setFontColor(color: string | null): this {
    return this.style('fontColor', color);
  }

  setFontColors(colors: readonly (readonly (string | null)[])[]): this {
    return this.styles('fontColor', colors, 'setFontColors');
  }

  setFontSize(size: number): this {
    return this.style('fontSize', size);
  }

  setFontStyle(style: string | null): this {
    return this.style('fontStyle', style);
  }

  setBackground(color: string | null): this {
    return this.style('background', color);
  }

  setBackgrounds(colors: readonly (readonly (string | null)[])[]): this {
    return this.styles('background', colors, 'setBackgrounds');
  }

  getBackground(): string {
    return one(callGrid('range.getStyles', first(this.at), 'background'));
  }

  getBackgrounds(): string[][] {
    return callGrid('range.getStyles', this.at, 'background') as string[][];
  }

  setHorizontalAlignment(alignment: string | null): this {
    return this.style('horizontalAlignment', alignment);
  }

  setHorizontalAlignments(alignments: readonly (readonly (string | null)[])[]): this {
    return this.styles('horizontalAlignment', alignments, 'setHorizontalAlignments');
  }

  setVerticalAlignment(alignment: string | null): this {
    return this.style('verticalAlignment', alignment);
  }

  setWrap(wrap: boolean): this {
    return this.style('wrap', wrap ? 'WRAP' : 'OVERFLOW');
  }

  setWrapStrategy(strategy: unknown): this {
    return this.style('wrap', String(strategy));
  }

  setBorder(
    top: boolean | null,
    left: boolean | null,
    bottom: boolean | null,
    right: boolean | null,
    vertical: boolean | null,
    horizontal: boolean | null,
    color: string | null = null,
    style: unknown = null,
  ): this {
    const sides = [top, left, bottom, right, vertical, horizontal].map((side) => side === true);
    return this.style('border', JSON.stringify([sides, color, style === null ? null : String(style)]));
  }

  merge(): this {
    call('range.merge', this.at);
    return this;
  }

  activate(): this {
    call('range.activate', this.at);
    return this;
  }

  protect(): Protection {
    return new Protection(call('range.protect', this.at) as number, (area) => this.sheet.rangeAt(area));
  }

  style(key: string, value: unknown): this {
    call('range.setStyle', this.at, key, value);
    return this;
  }

  styles(key: string, values: readonly (readonly unknown[])[], method: string): this {
    call('range.setStyles', this.at, key, grid(values, method));
    return this;
  }

  validations(at: Area): (DataValidation | null)[][] {
    const rules = call('range.getValidations', at) as (RuleData | null)[][];
    return rules.map((row) =>
      row.map((rule) => (rule === null ? null : new DataValidation(rule, (area) => this.sheet.anywhere(area as Area)))),
    );
  }
}
guardClass(Range, 'Range');

/** A1 letters of a column that counts from one. */
export function columnLetters(column: number): string {
  let letters = '';
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  }
  return letters;
}

function first(at: Area): Area {
  return [at[0], at[1], at[2], 1, 1];
}

function one(values: readonly (readonly unknown[])[]): string {
  return String(values[0]?.[0] ?? '');
}

function grid(values: unknown, method: string): unknown[][] {
  if (!Array.isArray(values) || !values.every((row) => Array.isArray(row))) {
    throw new Exception(
      `The parameters (${describe(values)}) don't match the method signature for SpreadsheetApp.Range.${method}.`,
    );
  }
  return values.map((row: unknown[]) => row.map(outgoing));
}

function describe(value: unknown): string {
  if (Array.isArray(value)) return 'number[]';
  return value === null ? 'null' : typeof value === 'string' ? 'String' : typeof value;
}
