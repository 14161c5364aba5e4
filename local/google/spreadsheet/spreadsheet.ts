import { call, callText, Exception } from '../bridge.ts';
import { guardClass } from '../guard.ts';
import { type Area, Range } from './range.ts';
import { Sheet } from './sheet.ts';

/** Google's Spreadsheet: always the one that contains the script. */
export class Spreadsheet {
  getId(): string {
    return callText('spreadsheet.get', 'id');
  }

  getName(): string {
    return callText('spreadsheet.get', 'name');
  }

  getUrl(): string {
    return callText('spreadsheet.get', 'url');
  }

  getSpreadsheetTimeZone(): string {
    return callText('spreadsheet.get', 'timeZone');
  }

  getSpreadsheetLocale(): string {
    return callText('spreadsheet.get', 'locale');
  }

  getSheets(): Sheet[] {
    return (call('spreadsheet.sheets') as number[]).map((id) => new Sheet(this, id));
  }

  getSheetByName(name: string): Sheet | null {
    const id = call('spreadsheet.sheetByName', String(name)) as number | null;
    return id === null ? null : new Sheet(this, id);
  }

  getActiveSheet(): Sheet {
    return new Sheet(this, call('spreadsheet.activeSheet') as number);
  }

  getActiveRange(): Range {
    return this.rangeAt(call('spreadsheet.activeRange') as Area);
  }

  insertSheet(name?: string | number, index?: number): Sheet {
    const named = typeof name === 'string' ? name : null;
    const at = typeof name === 'number' ? name : (index ?? null);
    return new Sheet(this, call('spreadsheet.insertSheet', named, at) as number);
  }

  deleteSheet(sheet: Sheet): void {
    call('spreadsheet.deleteSheet', sheet.id);
  }

  setActiveSheet(sheet: Sheet): Sheet {
    sheet.activate();
    return sheet;
  }

  moveActiveSheet(position: number): void {
    call('spreadsheet.moveActiveSheet', position);
  }

  getRange(a1: string): Range {
    return this.rangeAt(call('spreadsheet.a1', String(a1)) as Area);
  }

  getRangeByName(name: string): Range | null {
    const area = call('spreadsheet.namedRange', String(name)) as Area | null;
    return area === null ? null : this.rangeAt(area);
  }

  setNamedRange(name: string, range: Range): void {
    call('spreadsheet.setNamedRange', String(name), range.at);
  }

  toast(message: string, title = '', seconds = 5): void {
    call('spreadsheet.toast', String(message), String(title), seconds);
  }

  getNumSheets(): number {
    return this.getSheets().length;
  }

  rangeAt(area: Area | undefined): Range {
    if (area === undefined) throw new Exception('Range not found');
    return new Range(new Sheet(this, area[0]), area);
  }
}
guardClass(Spreadsheet, 'Spreadsheet');
