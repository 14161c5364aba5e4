import { guardClass } from '../guard.ts';
import type { Range } from './range.ts';

/** A rule as the host keeps it, its ranges aside. */
export interface ConditionalData {
  readonly condition: string;
  readonly values: readonly unknown[];
  readonly style: Readonly<Record<string, unknown>>;
}

/** Google's ConditionalFormatRule. */
export class ConditionalFormatRule {
  readonly data: ConditionalData;
  readonly ranges: readonly Range[];

  constructor(data: ConditionalData, ranges: readonly Range[]) {
    this.data = data;
    this.ranges = ranges;
  }

  getRanges(): Range[] {
    return [...this.ranges];
  }

  copy(): ConditionalFormatRuleBuilder {
    return new ConditionalFormatRuleBuilder(this.data, this.ranges);
  }
}
guardClass(ConditionalFormatRule, 'ConditionalFormatRule');

/** Google's ConditionalFormatRuleBuilder. */
export class ConditionalFormatRuleBuilder {
  data: ConditionalData;
  ranges: readonly Range[];

  constructor(data?: ConditionalData, ranges: readonly Range[] = []) {
    this.data = data ?? { condition: '', values: [], style: {} };
    this.ranges = ranges;
  }

  setRanges(ranges: readonly Range[]): this {
    this.ranges = ranges;
    return this;
  }

  whenTextEqualTo(text: string): this {
    return this.when('TEXT_EQUAL_TO', [text]);
  }

  whenTextContains(text: string): this {
    return this.when('TEXT_CONTAINS', [text]);
  }

  whenTextStartsWith(text: string): this {
    return this.when('TEXT_STARTS_WITH', [text]);
  }

  whenCellEmpty(): this {
    return this.when('CELL_EMPTY', []);
  }

  whenCellNotEmpty(): this {
    return this.when('CELL_NOT_EMPTY', []);
  }

  whenNumberGreaterThan(limit: number): this {
    return this.when('NUMBER_GREATER_THAN', [limit]);
  }

  whenNumberGreaterThanOrEqualTo(limit: number): this {
    return this.when('NUMBER_GREATER_THAN_EQ', [limit]);
  }

  whenNumberLessThan(limit: number): this {
    return this.when('NUMBER_LESS_THAN', [limit]);
  }

  whenNumberEqualTo(value: number): this {
    return this.when('NUMBER_EQ', [value]);
  }

  whenNumberNotEqualTo(value: number): this {
    return this.when('NUMBER_NOT_EQ', [value]);
  }

  whenFormulaSatisfied(formula: string): this {
    return this.when('CUSTOM_FORMULA', [formula]);
  }

  setBackground(color: string | null): this {
    return this.styled('background', color);
  }

  setFontColor(color: string | null): this {
    return this.styled('fontColor', color);
  }

  setBold(bold: boolean): this {
    return this.styled('fontWeight', bold ? 'bold' : 'normal');
  }

  setItalic(italic: boolean): this {
    return this.styled('fontStyle', italic ? 'italic' : 'normal');
  }

  build(): ConditionalFormatRule {
    return new ConditionalFormatRule(this.data, this.ranges);
  }

  when(condition: string, values: readonly unknown[]): this {
    this.data = { ...this.data, condition, values };
    return this;
  }

  styled(key: string, value: unknown): this {
    this.data = { ...this.data, style: { ...this.data.style, [key]: value } };
    return this;
  }
}
guardClass(ConditionalFormatRuleBuilder, 'ConditionalFormatRuleBuilder');
