import { zoneOf } from '../../google/zone.ts';
import { Refusal } from '../refusal.ts';
import { parseA1 } from '../sheet/a1.ts';
import {
  type Area,
  type ChartState,
  type ConditionalState,
  changed,
  extent,
  freshId,
  looksChanged,
  type ProtectionState,
  type SheetState,
} from '../sheet/book.ts';
import { deleteColumns, deleteRows, insertColumns, insertRows, sortRows } from '../sheet/structure.ts';
import { checkLength, clearArea, type Input, writeValues } from '../sheet/write.ts';
import type { Service, Site } from '../types.ts';
import { listArg, numberArg, objectArg, sheetArg, textArg } from './arguments.ts';
import { later, settle } from './writes.ts';

/** Calls on a Sheet. */
export const sheetServices: Readonly<Record<string, Service>> = {
  'sheet.get': (site, run, args) => {
    settle(run);
    const sheet = sheetArg(site, args, 0);
    const facts: Readonly<Record<string, unknown>> = {
      name: sheet.name,
      index: site.book.sheets.indexOf(sheet) + 1,
      hidden: sheet.hidden,
      maxRows: sheet.maxRows,
      maxColumns: sheet.maxColumns,
      frozenRows: sheet.frozenRows,
      frozenColumns: sheet.frozenColumns,
    };
    return { v: facts[textArg(args, 1)] };
  },
  'sheet.range': (site, run, args) => {
    const [row, column, rows, columns] = [1, 2, 3, 4].map((at) => Math.trunc(numberArg(args, at)));
    const sheet = sheetArg(site, args, 0);
    const at = [row ?? 1, column ?? 1, rows ?? 1, columns ?? 1] as const;
    // Rows appended by this execution count, although they may not be written yet.
    if (!inside(sheet, ...at)) settle(run);
    return { v: checkedArea(sheet, ...at) };
  },
  'sheet.a1': (site, _run, args) => ({ v: parseA1(site.book, textArg(args, 1), sheetArg(site, args, 0)) }),
  'sheet.dataRange': (site, run, args) => {
    settle(run);
    const sheet = sheetArg(site, args, 0);
    site.calculate([sheet.id, 1, 1, 1, 1]);
    const { rows, columns } = extent(sheet);
    return { v: [sheet.id, 1, 1, Math.max(1, rows), Math.max(1, columns)] };
  },
  'sheet.lastRow': (site, run, args) => {
    settle(run);
    return { v: extentNow(site, args).rows };
  },
  'sheet.lastColumn': (site, run, args) => {
    settle(run);
    return { v: extentNow(site, args).columns };
  },
  'sheet.setName': now((site, sheet, args) => {
    const name = textArg(args, 1);
    checkName(site, name, sheet);
    sheet.name = name;
    changed(site.book, sheet);
  }),
  'sheet.setFrozenRows': change((_site, sheet, args) => {
    sheet.frozenRows = numberArg(args, 1);
  }),
  'sheet.setFrozenColumns': change((_site, sheet, args) => {
    sheet.frozenColumns = numberArg(args, 1);
  }),
  'sheet.setHidden': now((site, sheet, args) => {
    const hide = args[1] === true;
    if (hide && site.book.sheets.every((each) => each === sheet || each.hidden)) {
      throw new Refusal("You can't hide all the sheets in a document.");
    }
    sheet.hidden = hide;
    looksChanged(site.book);
  }),
  'sheet.setTabColor': change((_site, sheet, args) => {
    sheet.tabColor = args[1] === null ? null : textArg(args, 1);
  }),
  'sheet.setColumnWidths': change((_site, sheet, args) => {
    const from = numberArg(args, 1);
    for (let column = from; column < from + numberArg(args, 2); column += 1)
      sheet.widths.set(column, numberArg(args, 3));
  }),
  'sheet.autoResizeColumns': change((_site, sheet, args) => {
    const from = numberArg(args, 1);
    for (let column = from; column < from + numberArg(args, 2); column += 1)
      sheet.widths.set(column, fittingWidth(sheet, column));
  }),
  'sheet.setRowHeights': change(() => {}),
  'sheet.setHiddenGridlines': change(() => {}),
  'sheet.columnWidth': (site, run, args) => {
    settle(run);
    return { v: sheetArg(site, args, 0).widths.get(numberArg(args, 1)) ?? 100 };
  },
  'sheet.setColumnsHidden': change((_site, sheet, args) => {
    const from = numberArg(args, 1);
    for (let column = from; column < from + numberArg(args, 2); column += 1) {
      if (args[3] === true) sheet.hiddenColumns.add(column);
      else sheet.hiddenColumns.delete(column);
    }
  }),
  'sheet.activate': (site, _run, args) => {
    site.book.activeSheet = sheetArg(site, args, 0).id;
    site.book.activeRange = null;
    return {};
  },
  'sheet.insertRows': now((site, sheet, args) => insertRows(site.book, sheet, numberArg(args, 1), numberArg(args, 2))),
  'sheet.deleteRows': now((site, sheet, args) => deleteRows(site.book, sheet, numberArg(args, 1), numberArg(args, 2))),
  'sheet.insertColumns': now((site, sheet, args) =>
    insertColumns(site.book, sheet, numberArg(args, 1), numberArg(args, 2)),
  ),
  'sheet.deleteColumns': now((site, sheet, args) =>
    deleteColumns(site.book, sheet, numberArg(args, 1), numberArg(args, 2)),
  ),
  'sheet.sort': now((site, sheet, args) => sortRows(site.book, sheet, numberArg(args, 1), args[2] === true)),
  'sheet.appendRow': (site, run, args) => {
    const sheet = sheetArg(site, args, 0);
    const values = listArg(args, 1) as readonly Input[];
    values.forEach(checkLength);
    const year = new Date(zoneOf(site.book.timeZone).toLocalMs(run.nowMs)).getUTCFullYear();
    later(run, () => {
      const row = extent(sheet).rows + 1;
      if (row > sheet.maxRows) insertRows(site.book, sheet, sheet.maxRows + 1, 1);
      if (values.length > sheet.maxColumns)
        insertColumns(site.book, sheet, sheet.maxColumns + 1, values.length - sheet.maxColumns);
      writeValues(site.book, [sheet.id, row, 1, 1, values.length], [values], year);
    });
    return { cells: values.length };
  },
  'sheet.clear': change((site, sheet, args) => {
    clearArea(site.book, [sheet.id, 1, 1, sheet.maxRows, sheet.maxColumns], listArg(args, 1).map(String));
  }),
  'sheet.protect': (site, run, args) => {
    settle(run);
    const sheet = sheetArg(site, args, 0);
    const whole = sheet.protections.find((each) => each.wholeSheet);
    if (whole) return { v: whole.id };
    const id = freshId(site.book);
    const area: Area = [sheet.id, 1, 1, sheet.maxRows, sheet.maxColumns];
    sheet.protections.push({ id, wholeSheet: true, area, description: '', warningOnly: false });
    changed(site.book, sheet);
    return { v: id };
  },
  'sheet.protections': (site, run, args) => {
    settle(run);
    const whole = textArg(args, 1) === 'SHEET';
    return {
      v: sheetArg(site, args, 0)
        .protections.filter((each) => each.wholeSheet === whole)
        .map((each) => each.id),
    };
  },
  'sheet.charts': (site, run, args) => {
    settle(run);
    return { v: sheetArg(site, args, 0).charts };
  },
  'sheet.insertChart': (site, run, args) => {
    settle(run);
    const sheet = sheetArg(site, args, 0);
    sheet.charts.push({ data: { ...objectArg(args, 1), id: freshId(site.book) }, ranges: areas(args[2]) });
    changed(site.book, sheet);
    return {};
  },
  'sheet.updateChart': change((_site, sheet, args) => {
    const data = objectArg(args, 1) as ChartState['data'];
    const chart = sheet.charts.find((each) => each.data.id === data.id);
    if (!chart) throw new Refusal('The chart no longer exists.');
    chart.data = data;
    chart.ranges = areas(args[2]);
  }),
  'sheet.removeChart': change((_site, sheet, args) => {
    sheet.charts = sheet.charts.filter((each) => each.data.id !== numberArg(args, 1));
  }),
  'sheet.conditional': (site, run, args) => {
    settle(run);
    return { v: sheetArg(site, args, 0).conditional };
  },
  'sheet.setConditional': change((_site, sheet, args) => {
    sheet.conditional = listArg(args, 1) as ConditionalState[];
  }),
  'protection.get': (site, run, args) => {
    settle(run);
    const { protection } = findProtection(site, numberArg(args, 0));
    return { v: protection };
  },
  'protection.set': (site, run, args) => {
    settle(run);
    const { sheet, protection } = findProtection(site, numberArg(args, 0));
    Object.assign(protection, objectArg(args, 1));
    changed(site.book, sheet);
    return {};
  },
  'protection.remove': (site, run, args) => {
    settle(run);
    const { sheet, protection } = findProtection(site, numberArg(args, 0));
    sheet.protections = sheet.protections.filter((each) => each !== protection);
    changed(site.book, sheet);
    return {};
  },
};

/** Refuses a name that another sheet has. */
export function checkName(site: Site, name: string, own?: SheetState): void {
  if (name === '') throw new Refusal('A sheet name cannot be empty.');
  if (site.book.sheets.some((each) => each !== own && each.name.toLowerCase() === name.toLowerCase())) {
    throw new Refusal(`A sheet with the name "${name}" already exists. Please enter another name.`);
  }
}

/** A write that is kept back until the execution's writes are settled. */
function change(write: (site: Site, sheet: SheetState, args: readonly unknown[]) => void): Service {
  return (site, run, args) => {
    const sheet = sheetArg(site, args, 0);
    later(run, () => {
      write(site, sheet, args);
      looksChanged(site.book);
    });
    return {};
  };
}

/** A change of structure: it settles what came before and happens at once. */
function now(write: (site: Site, sheet: SheetState, args: readonly unknown[]) => void): Service {
  return (site, run, args) => {
    settle(run);
    write(site, sheetArg(site, args, 0), args);
    return {};
  };
}

/** Formulas may spill, so they are worked out first. */
function extentNow(site: Site, args: readonly unknown[]): { rows: number; columns: number } {
  const sheet = sheetArg(site, args, 0);
  site.calculate([sheet.id, 1, 1, 1, 1]);
  return extent(sheet);
}

function inside(sheet: SheetState, row: number, column: number, rows: number, columns: number): boolean {
  return row + rows - 1 <= sheet.maxRows && column + columns - 1 <= sheet.maxColumns;
}

function checkedArea(sheet: SheetState, row: number, column: number, rows: number, columns: number): Area {
  if (row < 1) throw new Refusal('The starting row of the range is too small.');
  if (column < 1) throw new Refusal('The starting column of the range is too small.');
  if (rows < 1) throw new Refusal('The number of rows in the range must be at least 1.');
  if (columns < 1) throw new Refusal('The number of columns in the range must be at least 1.');
  if (!inside(sheet, row, column, rows, columns)) {
    throw new Refusal('The coordinates of the range are outside the dimensions of the sheet.');
  }
  return [sheet.id, row, column, rows, columns];
}

function fittingWidth(sheet: SheetState, column: number): number {
  const longest = sheet.rows.reduce((size, cells) => Math.max(size, String(cells[column - 1]?.value ?? '').length), 0);
  return Math.min(400, Math.max(40, longest * 7 + 12));
}

function findProtection(site: Site, id: number): { sheet: SheetState; protection: ProtectionState } {
  for (const sheet of site.book.sheets) {
    const protection = sheet.protections.find((each) => each.id === id);
    if (protection) return { sheet, protection };
  }
  throw new Refusal('The protection no longer exists.');
}

function areas(value: unknown): Area[] {
  return (Array.isArray(value) ? value : []) as Area[];
}
