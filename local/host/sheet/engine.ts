import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Model } from '@ironcalc/wasm';
import { buildSync } from 'esbuild';
import type { Scalar } from './book.ts';

/** What the formulas need of an engine; so it can be swapped. Sheets count from zero, rows and columns from one. */
export interface FormulaEngine {
  /** Puts in a value or a formula (with its `=`); '' empties the cell. */
  readonly set: (sheet: number, row: number, column: number, content: Scalar, formula: string) => void;
  readonly evaluate: () => void;
  readonly value: (sheet: number, row: number, column: number) => Scalar;
  /** Columns and rows that a formula's result spills over; 1 and 1 for an ordinary one. */
  readonly spill: (sheet: number, row: number, column: number) => { columns: number; rows: number };
  readonly close: () => void;
}

type IronCalc = typeof import('@ironcalc/wasm');

/** All digits that the engine gives; the last one or two are not exact, so results are rounded to 14 significant digits. */
const ALL_DIGITS = '0.00000000000000000000';
const NUMBER = 1;
const LOGICAL = 4;

let loaded: IronCalc | undefined;

/** A new engine with these tabs. IronCalc is loaded when the first one is asked for. */
export function newFormulaEngine(tabs: readonly string[], timeZone: string): FormulaEngine {
  loaded ??= load();
  const model: Model = new loaded.Model('book', 'en', timeZone, 'en');
  tabs.forEach((tab, index) => {
    if (index > 0) model.newSheet();
    model.renameSheet(index, tab);
  });
  model.pauseEvaluation();
  return {
    set(sheet, row, column, content, formula) {
      model.setUserInput(sheet, row, column, formula === '' ? inputText(content) : formula);
      if (formula !== '') model.updateRangeStyle({ sheet, row, column, width: 1, height: 1 }, 'num_fmt', ALL_DIGITS);
    },
    evaluate() {
      model.resumeEvaluation();
      model.evaluate();
      model.pauseEvaluation();
    },
    value: (sheet, row, column) => readBack(model, sheet, row, column),
    spill(sheet, row, column) {
      const structure = model.getCellArrayStructure(sheet, row, column) as unknown;
      const anchor =
        typeof structure === 'object' && structure !== null && 'DynamicAnchor' in structure
          ? structure.DynamicAnchor
          : null;
      const [columns = 1, rows = 1] = Array.isArray(anchor) ? anchor.map(Number) : [];
      return { columns, rows };
    },
    close: () => model.free(),
  };
}

function inputText(content: Scalar): string {
  if (typeof content === 'boolean') return content ? 'TRUE' : 'FALSE';
  if (typeof content === 'number') return String(content);
  return content === '' ? '' : `'${content}`;
}

function readBack(model: Model, sheet: number, row: number, column: number): Scalar {
  const text = model.getFormattedCellValue(sheet, row, column);
  const kind = model.getCellType(sheet, row, column);
  if (kind === LOGICAL) return text === 'TRUE';
  if (kind !== NUMBER || text === '') return text;
  const number = Number(text);
  return Number.isFinite(number) ? Number(number.toPrecision(14)) : text;
}

/** The package is an ES module, and reads of cells cannot wait for an import; so it is turned into a script first. */
function load(): IronCalc {
  const require = createRequire(import.meta.url);
  const built = buildSync({
    entryPoints: [require.resolve('@ironcalc/wasm')],
    bundle: true,
    write: false,
    format: 'cjs',
    platform: 'node',
    logLevel: 'silent',
  });
  const module = { exports: {} as IronCalc };
  new Function('module', 'exports', 'require', built.outputFiles[0]?.text ?? '')(module, module.exports, require);
  module.exports.initSync({ module: readFileSync(require.resolve('@ironcalc/wasm/wasm_bg.wasm')) });
  return module.exports;
}
