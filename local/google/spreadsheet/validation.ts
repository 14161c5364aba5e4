import { Exception } from '../bridge.ts';
import { type EnumValue, guardClass } from '../guard.ts';
import { spreadsheetEnums } from './enums.ts';
import type { Range } from './range.ts';

/** A rule as the host keeps it. */
export interface RuleData {
  readonly kind: string;
  readonly values: readonly unknown[];
  readonly showDropdown: boolean;
  readonly allowInvalid: boolean;
  readonly help: string | null;
}

/** Google's DataValidation: immutable; `copy()` gives a builder. */
export class DataValidation {
  readonly data: RuleData;
  readonly makeRange: (spec: unknown) => Range;

  constructor(data: RuleData, makeRange: (spec: unknown) => Range) {
    this.data = data;
    this.makeRange = makeRange;
  }

  getCriteriaType(): EnumValue {
    const kinds: Record<string, EnumValue> = spreadsheetEnums.DataValidationCriteria;
    const kind = kinds[this.data.kind];
    if (!kind) throw new Exception(`Unknown criteria: ${this.data.kind}`);
    return kind;
  }

  getCriteriaValues(): unknown[] {
    const { kind, values, showDropdown } = this.data;
    if (kind === 'VALUE_IN_LIST') return [[...values], showDropdown];
    if (kind === 'VALUE_IN_RANGE') return [this.makeRange(values[0]), showDropdown];
    return [...values];
  }

  getAllowInvalid(): boolean {
    return this.data.allowInvalid;
  }

  getHelpText(): string | null {
    return this.data.help;
  }

  copy(): DataValidationBuilder {
    return new DataValidationBuilder(this.data, this.makeRange);
  }
}
guardClass(DataValidation, 'DataValidation');

/** Google's DataValidationBuilder. */
export class DataValidationBuilder {
  data: RuleData;
  readonly makeRange: (spec: unknown) => Range;

  constructor(data: RuleData | undefined, makeRange: (spec: unknown) => Range) {
    this.data = data ?? { kind: '', values: [], showDropdown: true, allowInvalid: true, help: null };
    this.makeRange = makeRange;
  }

  requireValueInList(values: readonly unknown[], showDropdown = true): this {
    return this.set('VALUE_IN_LIST', values.map(String), showDropdown);
  }

  requireValueInRange(range: Range, showDropdown = true): this {
    return this.set('VALUE_IN_RANGE', [range.area()], showDropdown);
  }

  requireCheckbox(checked?: unknown, unchecked?: unknown): this {
    return this.set(
      'CHECKBOX',
      [checked, unchecked].filter((value) => value !== undefined),
      true,
    );
  }

  requireNumberBetween(from: number, to: number): this {
    return this.set('NUMBER_BETWEEN', [from, to], true);
  }

  requireNumberGreaterThan(limit: number): this {
    return this.set('NUMBER_GREATER_THAN', [limit], true);
  }

  requireNumberGreaterThanOrEqualTo(limit: number): this {
    return this.set('NUMBER_GREATER_THAN_OR_EQUAL_TO', [limit], true);
  }

  requireNumberLessThan(limit: number): this {
    return this.set('NUMBER_LESS_THAN', [limit], true);
  }

  requireNumberLessThanOrEqualTo(limit: number): this {
    return this.set('NUMBER_LESS_THAN_OR_EQUAL_TO', [limit], true);
  }

  requireDate(): this {
    return this.set('DATE_IS_VALID_DATE', [], true);
  }

  requireTextIsEmail(): this {
    return this.set('TEXT_IS_VALID_EMAIL', [], true);
  }

  requireFormulaSatisfied(formula: string): this {
    return this.set('CUSTOM_FORMULA', [formula], true);
  }

  setAllowInvalid(allow: boolean): this {
    this.data = { ...this.data, allowInvalid: allow };
    return this;
  }

  setHelpText(text: string): this {
    this.data = { ...this.data, help: String(text) };
    return this;
  }

  build(): DataValidation {
    if (this.data.kind === '') throw new Exception('A data validation rule requires a criteria.');
    return new DataValidation(this.data, this.makeRange);
  }

  set(kind: string, values: readonly unknown[], showDropdown: boolean): this {
    this.data = { ...this.data, kind, values, showDropdown };
    return this;
  }
}
guardClass(DataValidationBuilder, 'DataValidationBuilder');
