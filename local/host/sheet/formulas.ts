import { type Area, type Book, type Cell, cellAt, type Scalar, type SheetState, touch } from './book.ts';
import { type FormulaEngine, newFormulaEngine } from './engine.ts';

interface Fed {
  readonly content: Scalar;
  readonly formula: string;
}

interface Loaded {
  readonly engine: FormulaEngine;
  /** Names of the tabs in the engine's order. */
  readonly tabs: readonly string[];
  /** What the engine was given, by tab, row and column. */
  readonly fed: (Fed | undefined)[][][];
  sets: number;
}

/** Renewing the engine is quicker than so many changes to a full one. */
const RENEW_AFTER = 150_000;

/**
 * Works out formulas when they are read, all of the book together, and only when something changed since the last time.
 * Results (and what they spill over) are put into the cells.
 */
export function calculator(): (book: Book, area: Area) => void {
  let loaded: Loaded | undefined;
  let seen = '';
  const spilled = new Map<Cell, Scalar>();

  return (book, area) => {
    const sheet = book.sheets.find((each) => each.id === area[0]);
    if (!sheet || sheet.formulas === 0) return;
    const stamp = book.sheets.map((each) => `${each.id} ${each.name} ${each.version}`).join('\n');
    if (stamp === seen) return;
    const used = sheetsInFormulas(book);
    const tabs = used.map((each) => each.name);
    if (!loaded || loaded.sets > RENEW_AFTER || loaded.tabs.join('\n') !== tabs.join('\n')) {
      loaded?.engine.close();
      loaded = { engine: newFormulaEngine(tabs, book.timeZone), tabs, fed: used.map(() => []), sets: 0 };
    }
    for (const [cell, value] of spilled) if (cell.formula === '' && cell.value === value) cell.value = '';
    spilled.clear();
    for (const [index, each] of used.entries()) feed(loaded, index, each);
    loaded.engine.evaluate();
    for (const [index, each] of used.entries()) takeBack(loaded.engine, index, each, spilled);
    seen = stamp;
  };
}

/** The sheets that hold formulas or are named in one. */
function sheetsInFormulas(book: Book): SheetState[] {
  const texts: string[] = [];
  for (const sheet of book.sheets) {
    if (sheet.formulas === 0) continue;
    eachCell(sheet, (cell) => {
      if (cell.formula !== '') texts.push(cell.formula);
    });
  }
  const all = texts.join('\n').toLowerCase();
  return book.sheets.filter((sheet) => {
    const name = sheet.name.toLowerCase();
    return sheet.formulas > 0 || all.includes(`${name}!`) || all.includes(`'${name.replace(/'/g, "''")}'!`);
  });
}

function feed(loaded: Loaded, index: number, sheet: SheetState): void {
  const before = loaded.fed[index] ?? [];
  const after: (Fed | undefined)[][] = [];
  const set = (row: number, column: number, content: Scalar, formula: string): void => {
    loaded.engine.set(index, row, column, content, formula);
    loaded.sets += 1;
  };
  const rows = Math.max(before.length, sheet.rows.length);
  for (let i = 0; i < rows; i += 1) {
    const old = before[i] ?? [];
    const cells = sheet.rows[i] ?? [];
    const line: (Fed | undefined)[] = [];
    for (let j = 0; j < Math.max(old.length, cells.length); j += 1) {
      const cell = cells[j];
      const formula = cell?.formula ?? '';
      const content = formula === '' ? (cell?.value ?? '') : '';
      const known = old[j];
      const same = (known?.content ?? '') === content && (known?.formula ?? '') === formula;
      line.push(same ? known : { content, formula });
      if (!same) set(i + 1, j + 1, content, formula);
    }
    after.push(line);
  }
  loaded.fed[index] = after;
}

function takeBack(engine: FormulaEngine, index: number, sheet: SheetState, spilled: Map<Cell, Scalar>): void {
  eachCell(sheet, (cell, row, column) => {
    if (cell.formula === '') return;
    cell.value = engine.value(index, row, column);
    const { columns, rows } = engine.spill(index, row, column);
    for (let i = 0; i < rows; i += 1) {
      for (let j = 0; j < columns; j += 1) {
        if ((i === 0 && j === 0) || cellAt(sheet, row + i, column + j)?.formula) continue;
        const child = touch(sheet, row + i, column + j);
        child.value = engine.value(index, row + i, column + j);
        spilled.set(child, child.value);
      }
    }
  });
}

function eachCell(sheet: SheetState, see: (cell: Cell, row: number, column: number) => void): void {
  // A copy of the rows' list, because results may spill into rows that are made meanwhile.
  for (const [i, cells] of [...sheet.rows].entries()) {
    for (const [j, cell] of [...cells].entries()) if (cell) see(cell, i + 1, j + 1);
  }
}
