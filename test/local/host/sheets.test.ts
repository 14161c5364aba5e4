import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Host } from '../../../local/host/host.ts';
import { hostOf } from './world.ts';

/** Runs `body` as a script's function over the sheet `sheet` and gives its value; an error becomes its message. */
function sheetScript(bodies: Readonly<Record<string, string>>): string {
  return Object.entries(bodies)
    .map(
      ([name, body]) =>
        `function ${name}() { const book = SpreadsheetApp.getActive(); const sheet = book.getSheets()[0]; const error = (act) => { try { act(); SpreadsheetApp.flush(); return 'no error'; } catch (caught) { return caught.message; } }; ${body} }`,
    )
    .join('\n');
}

const scripts = sheetScript({
  typed: `
    const texts = ["'0012", "'=1+1", '=1+1', '+1+1', '-a', '$5.25', '50%', '1,234.50', 'TRUE', '2026-10-05', '10/5/2026', '2026-10', 'Oct 2026', '  ', '007', '-5', 'hello', '1e3', '(5)', '2026-13-01', '2026-02-30', 'March', '12:30'];
    const range = sheet.getRange(1, 1, texts.length, 1).setValues(texts.map((text) => [text]));
    const values = range.getValues(), formulas = range.getFormulas(), formats = range.getNumberFormats();
    return texts.map((text, i) => [text, values[i][0] instanceof Date ? 'date ' + Utilities.formatDate(values[i][0], 'America/New_York', 'yyyy-MM-dd HH:mm') : values[i][0], formulas[i][0], formats[i][0]]);`,
  plainFormat: `
    const range = sheet.getRange(1, 1, 4, 1).setNumberFormat('@').setValues([['=1+1'], ['2026-10-05'], ['12'], ["'x"]]);
    return range.getValues().map((row) => row[0]);`,
  sizes: `return [
    error(() => sheet.getRange(1, 1, 2, 2).setValues([[1, 2]])),
    error(() => sheet.getRange(1, 1, 1, 2).setValues([[1, 2, 3]])),
    error(() => sheet.getRange(0, 1)),
    error(() => sheet.getRange(1, 1, 0, 1)),
    error(() => sheet.getRange(1001, 1)),
    error(() => sheet.getRange(1, 27)),
    error(() => sheet.getRange(1, 1).setValue('x'.repeat(50001))),
    error(() => sheet.getRange(1, 1).setValue('x'.repeat(50000))),
    error(() => sheet.getRange(1, 1).setValues('x')),
    error(() => sheet.insertRowsAfter(1000, 9999999)),
    error(() => book.insertSheet('sheet1')),
    error(() => book.deleteSheet(sheet)),
  ];`,
  empties: `sheet.getRange('B2').setValue(null); sheet.getRange('C3').setValue('x').setNote('n'); return [sheet.getRange('B2').getValue(), sheet.getRange('B2').isBlank(), sheet.getLastRow(), sheet.getLastColumn(), sheet.getDataRange().getA1Notation(), sheet.getRange('C3').getNote()];`,
  validation: `
    const list = SpreadsheetApp.newDataValidation().requireValueInList(['draft', 'approved']).setAllowInvalid(false).setHelpText('Choose').build();
    const cell = sheet.getRange('A1').setDataValidation(list);
    const read = cell.getDataValidation();
    return [error(() => cell.setValue('draft')), error(() => cell.setValue('other')), cell.getValue(), String(read.getCriteriaType()), read.getCriteriaValues()[0], read.getAllowInvalid(), read.getCriteriaType() === SpreadsheetApp.DataValidationCriteria.VALUE_IN_LIST, error(() => cell.setValue(''))];`,
  rangeValidation: `
    sheet.getRange('D1:D2').setValues([['Acme'], ['Globex']]);
    const rule = SpreadsheetApp.newDataValidation().requireValueInRange(sheet.getRange('D1:D2'), true).setAllowInvalid(false).build();
    sheet.getRange('A1').setDataValidation(rule);
    return [sheet.getRange('A1').getDataValidation().getCriteriaValues()[0].getA1Notation(), error(() => sheet.getRange('A1').setValue('Initech')), error(() => sheet.getRange('A1').setValue('Globex'))];`,
  rows: `
    sheet.getRange(1, 1, 4, 2).setValues([['k', 'v'], ['b', 2], ['a', 1], ['c', '']]);
    sheet.setFrozenRows(1); sheet.sort(1); const sorted = sheet.getDataRange().getValues();
    sheet.sort(2, false); const down = sheet.getRange(2, 2, 3, 1).getValues();
    sheet.insertRowsAfter(1, 2); sheet.deleteRow(2); sheet.appendRow(['d', 4]);
    sheet.insertColumnAfter(1);
    return [sorted, down, sheet.getDataRange().getValues(), sheet.getMaxRows(), sheet.getMaxColumns()];`,
  formulas: `
    sheet.getRange(1, 1, 3, 1).setValues([[0.1], [0.2], ["'x"]]);
    const total = sheet.getRange('B1').setFormula('=SUM(A1:A3)'); const first = total.getValue();
    sheet.getRange('A3').setValue(5); const second = total.getValue();
    const other = book.insertSheet('Other one'); other.getRange('A1').setValue("='Sheet1'!B1*2"); const third = other.getRange('A1').getValue();
    sheet.getRange('A3').setValue(6);
    sheet.getRange('D1').setFormula('=SORT(A1:A3,1,-1)');
    return [first, second, third, other.getRange('A1').getDisplayValue(), sheet.getRange('D1:D3').getValues(), total.getFormula(), sheet.getRange('E1').setFormula('=QUERY(A1:A3)').getValue(), sheet.getRange('E2').setValue('=1/0').getValue()];`,
  looks: `
    const range = sheet.getRange('A1:B2').setFontWeight('bold').setBackground('#ff0000').setHorizontalAlignment('right').setWrap(true).setFontColor('#111111').setFontSize(11).setFontStyle('italic').setVerticalAlignment('top');
    range.setNumberFormats([['0.00', '0.00'], ['$#,##0.00', '@']]); range.setValues([[1, 2], [3.5, '4']]);
    sheet.setColumnWidths(1, 2, 55); sheet.hideColumns(3); sheet.setTabColor('#00ff00'); sheet.setFrozenRows(1);
    const protection = sheet.getRange('A:A').protect().setDescription('machine').setWarningOnly(true);
    const listed = sheet.getProtections(SpreadsheetApp.ProtectionType.RANGE);
    sheet.insertChart(sheet.newChart().asColumnChart().addRange(sheet.getRange('A1:B2')).setPosition(5, 1, 0, 0).setOption('title', 'Hours').build());
    sheet.setConditionalFormatRules([SpreadsheetApp.newConditionalFormatRule().whenTextEqualTo('held').setBackground('#ffcccc').setRanges([range]).build()]);
    return [range.getDisplayValues(), range.getBackground(), listed.length, listed[0].getDescription(), listed[0].isWarningOnly(), listed[0].getRange().getA1Notation(), sheet.getCharts().length, sheet.getCharts()[0].getRanges()[0].getA1Notation(), sheet.getConditionalFormatRules()[0].getRanges()[0].getA1Notation(), (listed[0].remove(), sheet.getProtections(SpreadsheetApp.ProtectionType.RANGE).length)];`,
  tabs: `
    const late = book.insertSheet('Late', 0); late.hideSheet();
    const names = book.getSheets().map((each) => each.getName());
    book.setActiveSheet(late); book.moveActiveSheet(2); late.setName('Later');
    return [names, book.getSheets().map((each) => each.getName()), late.isSheetHidden(), late.getIndex(), book.getSheetByName('Late'), book.getSheetByName('Later').getSheetId() === late.getSheetId(), book.getSpreadsheetTimeZone(), book.getRange('Sheet1!B2:C3').getA1Notation()];`,
  grows: `sheet.getRange(1, 1, 1000, 1).setNumberFormat('@'); sheet.insertRowsAfter(1000, 5); sheet.getRange(1003, 1).setValue('=1'); return [sheet.getRange(1003, 1).getValue(), sheet.getMaxRows()];`,
  dates: `
    const day = new Date(2026, 10, 1); const moment = new Date(2026, 10, 1, 1, 30);
    const range = sheet.getRange(1, 1, 2, 1).setValues([[day], [moment]]);
    return [range.getValues().map((row) => row[0].toISOString()), range.getDisplayValues(), day.toISOString()];`,
});

describe('a sheet', () => {
  let host: Host;
  beforeEach(() => {
    host = hostOf(scripts);
  });
  afterEach(() => host.close());
  const value = async (name: string) => {
    const done = await host.invoke(name);
    expect(done.error).toBeUndefined();
    return done.value;
  };

  test('takes texts as if someone typed them', async () => {
    expect(await value('typed')).toEqual([
      ["'0012", '0012', '', '0.###############'],
      ["'=1+1", '=1+1', '', '0.###############'],
      ['=1+1', 2, '=1+1', '0.###############'],
      ['+1+1', 2, '=+1+1', '0.###############'],
      ['-a', '-a', '', '0.###############'],
      ['$5.25', 5.25, '', '$#,##0.00'],
      ['50%', 0.5, '', '0%'],
      ['1,234.50', 1234.5, '', '#,##0.00'],
      ['TRUE', true, '', '0.###############'],
      ['2026-10-05', 'date 2026-10-05 00:00', '', 'yyyy-mm-dd'],
      ['10/5/2026', 'date 2026-10-05 00:00', '', 'm/d/yyyy'],
      ['2026-10', 'date 2026-10-01 00:00', '', 'yyyy-mm'],
      ['Oct 2026', 'date 2026-10-01 00:00', '', 'mmm yyyy'],
      ['  ', '  ', '', '0.###############'],
      ['007', 7, '', '0.###############'],
      ['-5', -5, '', '0.###############'],
      ['hello', 'hello', '', '0.###############'],
      ['1e3', 1000, '', '0.00E+00'],
      ['(5)', -5, '', '0.###############'],
      ['2026-13-01', '2026-13-01', '', '0.###############'],
      ['2026-02-30', '2026-02-30', '', '0.###############'],
      ['March', 'March', '', '0.###############'],
      ['12:30', 'date 1899-12-30 12:30', '', 'h:mm'],
    ]);
  });
  test('keeps everything as text in cells of format @', async () => {
    expect(await value('plainFormat')).toEqual(['=1+1', '2026-10-05', '12', 'x']);
  });
  test('refuses wrong shapes, places outside, overlong texts, and growth beyond ten million cells', async () => {
    expect(await value('sizes')).toEqual([
      'The number of rows in the data does not match the number of rows in the range. The data has 1 but the range has 2.',
      'The number of columns in the data does not match the number of columns in the range. The data has 3 but the range has 2.',
      'The starting row of the range is too small.',
      'The number of rows in the range must be at least 1.',
      'The coordinates of the range are outside the dimensions of the sheet.',
      'The coordinates of the range are outside the dimensions of the sheet.',
      'Your input contains more than the maximum of 50000 characters in a single cell.',
      'no error',
      "The parameters (String) don't match the method signature for SpreadsheetApp.Range.setValues.",
      'This action would increase the number of cells in the workbook above the limit of 10000000 cells.',
      'A sheet with the name "sheet1" already exists. Please enter another name.',
      "You can't remove all the sheets in a document.",
    ]);
  });
  test('reads empty cells as empty text and finds the last row and column', async () => {
    expect(await value('empties')).toEqual(['', true, 3, 3, 'A1:C3', 'n']);
  });
  test('refuses what a rejecting drop-down forbids, and keeps the old value', async () => {
    expect(await value('validation')).toEqual([
      'no error',
      'The data you entered in cell A1 violates the data validation rules set on this cell.',
      'draft',
      'VALUE_IN_LIST',
      ['draft', 'approved'],
      false,
      true,
      'no error',
    ]);
    await expect(host.workbook.typeInCell('Sheet1', 1, 1, 'nonsense')).rejects.toThrow(
      'violates the data validation rules',
    );
  });
  test('offers the texts of a range as choices', async () => {
    expect(await value('rangeValidation')).toEqual([
      'D1:D2',
      'The data you entered in cell A1 violates the data validation rules set on this cell.',
      'no error',
    ]);
    expect(host.workbook.view('Sheet1').cells[0]?.[0]?.choices).toEqual(['Acme', 'Globex']);
  });
  test('sorts below the frozen rows, inserts, deletes and appends', async () => {
    expect(await value('rows')).toEqual([
      [
        ['k', 'v'],
        ['a', 1],
        ['b', 2],
        ['c', ''],
      ],
      [[2], [1], ['']],
      [
        ['k', '', 'v'],
        ['', '', ''],
        ['b', '', 2],
        ['a', '', 1],
        ['c', '', ''],
        ['d', '', 4],
      ],
      1001,
      27,
    ]);
  });
  test('works out formulas when they are read, across tabs and over spilled cells', async () => {
    expect(await value('formulas')).toEqual([
      0.3,
      5.3,
      10.6,
      '12.6',
      [[6], [0.2], [0.1]],
      '=SUM(A1:A3)',
      '#NAME?',
      '#DIV/0!',
    ]);
  });
  test('keeps formats, protections, charts and conditional rules', async () => {
    expect(await value('looks')).toEqual([
      [
        ['1.00', '2.00'],
        ['$3.50', '4'],
      ],
      '#ff0000',
      1,
      'machine',
      true,
      'A1:A1000',
      1,
      'A1:B2',
      'A1:B2',
      0,
    ]);
    const view = host.workbook.view('Sheet1');
    expect(view.frozenRows).toBe(1);
    expect(view.widths).toEqual([55, 55]);
    expect(view.cells[1]?.[0]).toMatchObject({
      text: '$3.50',
      value: 3.5,
      bold: true,
      background: '#ff0000',
      align: 'right',
      format: '$#,##0.00',
    });
  });
  test('gives added rows the formats of the row above', async () => {
    expect(await value('grows')).toEqual(['=1', 1005]);
  });
  test('has tabs that are made, named, hidden and moved', async () => {
    expect(await value('tabs')).toEqual([
      ['Late', 'Sheet1'],
      ['Sheet1', 'Later'],
      true,
      2,
      null,
      true,
      'America/New_York',
      'B2:C3',
    ]);
  });
});

describe('dates go through a sheet unchanged', () => {
  test.each([
    ['New York', 'America/New_York', '2026-11-01T04:00:00.000Z', '2026-11-01T05:30:00.000Z'],
    ['UTC', 'UTC', '2026-11-01T00:00:00.000Z', '2026-11-01T01:30:00.000Z'],
    ['Auckland', 'Pacific/Auckland', '2026-10-31T11:00:00.000Z', '2026-10-31T12:30:00.000Z'],
  ])('in %s', async (_name, zone, day, moment) => {
    const host = hostOf(scripts, { timeZone: zone, manifest: { timeZone: zone } });
    expect((await host.invoke('dates')).value).toEqual([[day, moment], [['11/1/2026'], ['11/1/2026 1:30:00']], day]);
    expect(host.workbook.rows('Sheet1')).toEqual([{ '46327': '2026-11-01T01:30:00' }]);
    host.close();
  });
});
