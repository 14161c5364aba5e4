import { call } from './bridge.ts';
import { service } from './guard.ts';
import { ConditionalFormatRuleBuilder } from './spreadsheet/conditional.ts';
import { spreadsheetEnums } from './spreadsheet/enums.ts';
import { type Area, Range } from './spreadsheet/range.ts';
import { Sheet } from './spreadsheet/sheet.ts';
import { Spreadsheet } from './spreadsheet/spreadsheet.ts';
import { DataValidationBuilder } from './spreadsheet/validation.ts';
import { uiService } from './ui.ts';

/** Google's SpreadsheetApp, for the spreadsheet that contains the script. */
export function spreadsheetApp(): object {
  const open = (): Spreadsheet => {
    call('spreadsheet.open');
    return new Spreadsheet();
  };
  return service('SpreadsheetApp', {
    ...spreadsheetEnums,
    getActive: open,
    getActiveSpreadsheet: open,
    getActiveSheet: () => open().getActiveSheet(),
    getActiveRange: () => open().getActiveRange(),
    getSelection: () =>
      service('Selection', {
        getActiveRange: () => open().getActiveRange(),
        getActiveSheet: () => open().getActiveSheet(),
      }),
    getUi: () => uiService(),
    flush: (): void => {
      call('spreadsheet.flush');
    },
    newDataValidation: () => new DataValidationBuilder(undefined, (area) => rangeOf(area as Area)),
    newConditionalFormatRule: () => new ConditionalFormatRuleBuilder(),
  });
}

/** The range of an area of the active spreadsheet. */
export function rangeOf(area: Area): Range {
  return new Range(new Sheet(new Spreadsheet(), area[0]), area);
}
