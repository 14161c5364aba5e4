import { zoneOf } from '../../google/zone.ts';
import { Refusal } from '../refusal.ts';
import { type Area, changed, freshId, sheetOf } from '../sheet/book.ts';
import { gridOf, readDisplay, readFormulas, readStyles, readValues } from '../sheet/read.ts';
import { plainStyle, type Rule, type StyleKey } from '../sheet/style.ts';
import { checkLength, clearArea, type Input, writeFormulas, writeStyles, writeValues } from '../sheet/write.ts';
import type { Service, Site } from '../types.ts';
import { areaArg, listArg, textArg } from './arguments.ts';
import { later, settle } from './writes.ts';

/** Calls on a Range: reads settle this execution's writes first, writes are kept back. */
export const rangeServices: Readonly<Record<string, Service>> = {
  'range.getValues': (site, run, args) => {
    settle(run);
    const area = areaArg(args, 0);
    site.calculate(area);
    return { ...readValues(site.book, area), cells: size(area) };
  },
  'range.getDisplayValues': (site, run, args) => {
    settle(run);
    const area = areaArg(args, 0);
    site.calculate(area);
    return { v: readDisplay(site.book, area), cells: size(area) };
  },
  'range.getFormulas': (site, run, args) => {
    settle(run);
    const area = areaArg(args, 0);
    return { v: readFormulas(site.book, area), cells: size(area) };
  },
  'range.getStyles': (site, run, args) => {
    settle(run);
    const area = areaArg(args, 0);
    return { v: readStyles(site.book, area, textArg(args, 1) as StyleKey), cells: size(area) };
  },
  'range.getValidations': (site, run, args) => {
    settle(run);
    const area = areaArg(args, 0);
    return { v: gridOf(site.book, area, (cell) => (cell?.style ?? plainStyle).rule ?? null), cells: size(area) };
  },

  'range.setValues': (site, run, args) => {
    const area = areaArg(args, 0);
    const values = listArg(args, 1) as readonly (readonly Input[])[];
    checkShape(area, values);
    for (const row of values) row.forEach(checkLength);
    const year = yearNow(site, run.nowMs);
    later(run, () => writeValues(site.book, area, values, year));
    return { cells: size(area) };
  },
  'range.setValue': (site, run, args) => {
    const area = areaArg(args, 0);
    const value = (args[1] ?? null) as Input;
    checkLength(value);
    const values = Array.from({ length: area[3] }, () => Array.from({ length: area[4] }, () => value));
    const year = yearNow(site, run.nowMs);
    later(run, () => writeValues(site.book, area, values, year));
    return { cells: size(area) };
  },
  'range.setFormulas': (site, run, args) => {
    const area = areaArg(args, 0);
    const formulas = listArg(args, 1) as readonly (readonly string[])[];
    checkShape(area, formulas);
    later(run, () =>
      writeFormulas(
        site.book,
        area,
        formulas.map((row) => row.map(String)),
      ),
    );
    return { cells: size(area) };
  },
  'range.setFormula': (site, run, args) => {
    const area = areaArg(args, 0);
    const formula = textArg(args, 1);
    later(run, () =>
      writeFormulas(
        site.book,
        area,
        Array.from({ length: area[3] }, () => Array.from({ length: area[4] }, () => formula)),
      ),
    );
    return { cells: size(area) };
  },
  'range.clear': (site, run, args) => {
    const area = areaArg(args, 0);
    const parts = listArg(args, 1).map(String);
    later(run, () => clearArea(site.book, area, parts));
    return { cells: size(area) };
  },
  'range.setStyle': (site, run, args) => {
    const area = areaArg(args, 0);
    const value = args[2] ?? null;
    later(run, () => writeStyles(site.book, area, textArg(args, 1) as StyleKey, () => value));
    return { cells: size(area) };
  },
  'range.setStyles': (site, run, args) => {
    const area = areaArg(args, 0);
    const values = listArg(args, 2) as readonly (readonly unknown[])[];
    checkShape(area, values);
    later(run, () => writeStyles(site.book, area, textArg(args, 1) as StyleKey, (i, j) => values[i]?.[j] ?? null));
    return { cells: size(area) };
  },
  'range.setValidation': (site, run, args) => {
    const area = areaArg(args, 0);
    const rule = (args[1] ?? null) as Rule | null;
    later(run, () => writeStyles(site.book, area, 'rule', () => rule));
    return { cells: size(area) };
  },
  'range.setValidations': (site, run, args) => {
    const area = areaArg(args, 0);
    const rules = listArg(args, 1) as readonly (readonly (Rule | null)[])[];
    checkShape(area, rules);
    later(run, () => writeStyles(site.book, area, 'rule', (i, j) => rules[i]?.[j] ?? null));
    return { cells: size(area) };
  },
  'range.insertCheckboxes': (site, run, args) => {
    const area = areaArg(args, 0);
    const rule: Rule = { kind: 'CHECKBOX', values: [], showDropdown: true, allowInvalid: false, help: null };
    later(run, () => {
      const empty = readValues(site.book, area).v.map((row) =>
        row.map((value) => (value === '' ? false : (value as Input))),
      );
      writeStyles(site.book, area, 'rule', () => null);
      writeValues(site.book, area, empty, 0);
      writeStyles(site.book, area, 'rule', () => rule);
    });
    return { cells: size(area) };
  },
  'range.merge': (_site, run) => {
    later(run, () => {});
    return {};
  },
  'range.activate': (site, _run, args) => {
    site.book.activeRange = areaArg(args, 0);
    site.book.activeSheet = areaArg(args, 0)[0];
    return {};
  },
  'range.protect': (site, run, args) => {
    settle(run);
    const area = areaArg(args, 0);
    const sheet = sheetOf(site.book, area[0]);
    const id = freshId(site.book);
    sheet.protections.push({ id, wholeSheet: false, area, description: '', warningOnly: false });
    changed(site.book, sheet);
    return { v: id };
  },
};

function size(area: Area): number {
  return area[3] * area[4];
}

function yearNow(site: Site, nowMs: number): number {
  return new Date(zoneOf(site.book.timeZone).toLocalMs(nowMs)).getUTCFullYear();
}

function checkShape(area: Area, values: readonly (readonly unknown[])[]): void {
  if (values.length !== area[3]) {
    throw new Refusal(
      `The number of rows in the data does not match the number of rows in the range. The data has ${values.length} but the range has ${area[3]}.`,
    );
  }
  for (const row of values) {
    if (row.length !== area[4]) {
      throw new Refusal(
        `The number of columns in the data does not match the number of columns in the range. The data has ${row.length} but the range has ${area[4]}.`,
      );
    }
  }
}
