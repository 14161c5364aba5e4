import { type Area, type Book, cellAt, type Scalar, sheetOf } from './book.ts';
import { displayText, isDateFormat } from './display.ts';
import type { Rule, Style } from './style.ts';

/** Whether a rule that rejects would let this value pass. Empty always passes. */
export function satisfies(book: Book, rule: Rule, value: Scalar, style: Style): boolean {
  if (value === '') return true;
  const [first, second] = rule.values;
  const number = typeof value === 'number' ? value : Number.NaN;
  switch (rule.kind) {
    case 'VALUE_IN_LIST':
      return rule.values.includes(displayText(value, style.numberFormat)) || rule.values.includes(String(value));
    case 'VALUE_IN_RANGE':
      return rangeTexts(book, first as Area).has(displayText(value, style.numberFormat));
    case 'CHECKBOX':
      return rule.values.length > 0 ? rule.values.includes(value) : typeof value === 'boolean';
    case 'NUMBER_BETWEEN':
      return number >= Number(first) && number <= Number(second);
    case 'NUMBER_GREATER_THAN':
      return number > Number(first);
    case 'NUMBER_GREATER_THAN_OR_EQUAL_TO':
      return number >= Number(first);
    case 'NUMBER_LESS_THAN':
      return number < Number(first);
    case 'NUMBER_LESS_THAN_OR_EQUAL_TO':
      return number <= Number(first);
    case 'DATE_IS_VALID_DATE':
      return typeof value === 'number' && isDateFormat(style.numberFormat);
    case 'TEXT_IS_VALID_EMAIL':
      return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(String(value));
    default:
      return true;
  }
}

/** The choices that a rule offers as texts; undefined when it is no list. */
export function choicesOf(book: Book, rule: Rule): string[] | undefined {
  if (rule.kind === 'VALUE_IN_LIST') return rule.values.map(String);
  if (rule.kind === 'VALUE_IN_RANGE') return [...rangeTexts(book, rule.values[0] as Area)];
  return undefined;
}

function rangeTexts(book: Book, area: Area): Set<string> {
  const [id, top, left, rows, columns] = area;
  const sheet = sheetOf(book, id);
  const texts = new Set<string>();
  for (let row = top; row < top + Math.min(rows, sheet.rows.length); row += 1) {
    for (let column = left; column < left + columns; column += 1) {
      const cell = cellAt(sheet, row, column);
      if (cell && cell.value !== '') texts.add(displayText(cell.value, cell.style.numberFormat));
    }
  }
  return texts;
}
