/** Conditional formats: the first rule of a tab that fits a cell colours it. */
import type { CellView, TabView } from '../host/host.ts';

interface Looks {
  readonly background?: string;
  readonly color?: string;
  readonly bold?: boolean;
}

/** What the rules add to the cell at a place; empty where none fits. A rule by formula is left out. */
export function conditionalStyle(rules: TabView['conditional'], row: number, column: number, cell: CellView): Looks {
  const rule = rules.find(
    (each) =>
      each.ranges.some(
        ([, top, left, rows, columns]) => row >= top && row < top + rows && column >= left && column < left + columns,
      ) && fits(String(each.data['condition'] ?? ''), firstOf(each.data['values']), cell),
  );
  const style = rule?.data['style'] as Readonly<Record<string, unknown>> | undefined;
  if (!style) return {};
  return {
    ...(typeof style['background'] === 'string' ? { background: style['background'] } : {}),
    ...(typeof style['fontColor'] === 'string' ? { color: style['fontColor'] } : {}),
    ...(style['fontWeight'] === 'bold' ? { bold: true } : {}),
  };
}

function firstOf(values: unknown): unknown {
  return Array.isArray(values) ? values[0] : undefined;
}

function fits(condition: string, wanted: unknown, cell: CellView): boolean {
  const text = String(cell.value).toLowerCase();
  const word = String(wanted ?? '').toLowerCase();
  const number = typeof cell.value === 'number' ? cell.value : Number.NaN;
  switch (condition) {
    case 'TEXT_EQUAL_TO':
      return text === word;
    case 'TEXT_CONTAINS':
      return text.includes(word);
    case 'TEXT_STARTS_WITH':
      return text.startsWith(word);
    case 'CELL_EMPTY':
      return text === '';
    case 'CELL_NOT_EMPTY':
      return text !== '';
    case 'NUMBER_GREATER_THAN':
      return number > Number(wanted);
    case 'NUMBER_GREATER_THAN_EQ':
      return number >= Number(wanted);
    case 'NUMBER_LESS_THAN':
      return number < Number(wanted);
    case 'NUMBER_EQ':
      return number === Number(wanted);
    case 'NUMBER_NOT_EQ':
      return !Number.isNaN(number) && number !== Number(wanted);
    default:
      return false;
  }
}
