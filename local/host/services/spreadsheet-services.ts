import { Refusal } from '../refusal.ts';
import { parseA1 } from '../sheet/a1.ts';
import { changed, newSheet, sheetOf } from '../sheet/book.ts';
import { checkCells } from '../sheet/structure.ts';
import type { Service, Site } from '../types.ts';
import { areaArg, numberArg, sheetArg, textArg } from './arguments.ts';
import { needScope } from './scopes.ts';
import { checkName } from './sheet-services.ts';
import { settle } from './writes.ts';

/** Calls on SpreadsheetApp and Spreadsheet. */
export const spreadsheetServices: Readonly<Record<string, Service>> = {
  'spreadsheet.open': (site, run) => {
    needScope(site, run, ['spreadsheets.currentonly', 'spreadsheets'], 'SpreadsheetApp.getActiveSpreadsheet');
    return {};
  },
  'spreadsheet.get': (site, _run, args) => {
    const { id, name, timeZone, locale } = site.book;
    const facts: Readonly<Record<string, string>> = {
      id,
      name,
      timeZone,
      locale,
      url: `https://docs.google.com/spreadsheets/d/${id}/edit`,
    };
    return { v: facts[textArg(args, 0)] };
  },
  'spreadsheet.sheets': (site) => ({ v: site.book.sheets.map((sheet) => sheet.id) }),
  'spreadsheet.sheetByName': (site, _run, args) => ({
    v: site.book.sheets.find((sheet) => sheet.name === textArg(args, 0))?.id ?? null,
  }),
  'spreadsheet.activeSheet': (site) => ({ v: activeSheet(site) }),
  'spreadsheet.activeRange': (site) => ({ v: site.book.activeRange ?? [activeSheet(site), 1, 1, 1, 1] }),
  'spreadsheet.insertSheet': (site, run, args) => {
    settle(run);
    const { book } = site;
    const name = typeof args[0] === 'string' ? args[0] : freeName(site);
    checkName(site, name);
    const sheet = newSheet(book, name);
    checkCells(book, sheet.maxRows * sheet.maxColumns);
    const active = book.sheets.findIndex((each) => each.id === book.activeSheet);
    const index = typeof args[1] === 'number' ? args[1] : active + 1;
    book.sheets.splice(Math.max(0, Math.min(index, book.sheets.length)), 0, sheet);
    book.activeSheet = sheet.id;
    changed(book, sheet);
    return { v: sheet.id };
  },
  'spreadsheet.deleteSheet': (site, run, args) => {
    settle(run);
    const { book } = site;
    const sheet = sheetArg(site, args, 0);
    if (book.sheets.length === 1) throw new Refusal("You can't remove all the sheets in a document.");
    book.sheets = book.sheets.filter((each) => each !== sheet);
    if (book.activeSheet === sheet.id) book.activeSheet = book.sheets[0]?.id ?? 0;
    changed(book, sheet);
    return {};
  },
  'spreadsheet.moveActiveSheet': (site, run, args) => {
    settle(run);
    const { book } = site;
    const sheet = sheetOf(book, activeSheet(site));
    book.sheets = book.sheets.filter((each) => each !== sheet);
    book.sheets.splice(Math.max(0, numberArg(args, 0) - 1), 0, sheet);
    changed(book, sheet);
    return {};
  },
  'spreadsheet.a1': (site, _run, args) => ({
    v: parseA1(site.book, textArg(args, 0), sheetOf(site.book, activeSheet(site))),
  }),
  'spreadsheet.namedRange': (site, _run, args) => ({ v: site.book.namedRanges.get(textArg(args, 0)) ?? null }),
  'spreadsheet.setNamedRange': (site, _run, args) => {
    site.book.namedRanges.set(textArg(args, 0), areaArg(args, 1));
    return {};
  },
  'spreadsheet.toast': (site, run, args) => {
    site.screen.toasts.push({ message: textArg(args, 0), title: textArg(args, 1), at: run.nowMs });
    return {};
  },
  'spreadsheet.flush': (_site, run) => {
    settle(run);
    return {};
  },
};

function activeSheet(site: Site): number {
  const { book } = site;
  return book.sheets.some((sheet) => sheet.id === book.activeSheet) ? book.activeSheet : (book.sheets[0]?.id ?? 0);
}

function freeName(site: Site): string {
  for (let number = site.book.sheets.length + 1; ; number += 1) {
    if (!site.book.sheets.some((sheet) => sheet.name === `Sheet${number}`)) return `Sheet${number}`;
  }
}
