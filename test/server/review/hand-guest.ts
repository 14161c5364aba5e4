/// <reference types="google-apps-script" />

import { handleEdit } from '../../../src/server/hand-edit.ts';
import { setUpWorkbook } from '../../../src/server/sheets/set-up.ts';

/** What runs inside the host: the tabs, and what Google calls when a person types. */

export function setUp(): string {
  return JSON.stringify(setUpWorkbook());
}

export function onEdit(event: GoogleAppsScript.Events.SheetsOnEdit): void {
  handleEdit(event);
}

/** A person pastes a range; Google then says neither the old nor the new value. Rows and columns from 1. */
export function paste(json: string): string {
  const { tab, row, column, values }: { tab: string; row: number; column: number; values: string[][] } =
    JSON.parse(json);
  const sheet = SpreadsheetApp.getActiveSpreadsheet().getSheetByName(tab);
  if (sheet === null) throw new Error(`no tab ${tab}`);
  const range = sheet.getRange(row, column, values.length, values[0]?.length ?? 1);
  range.setValues(values);
  const user = { getEmail: () => 'bo@firm.example' };
  handleEdit({ range, user } as unknown as GoogleAppsScript.Events.SheetsOnEdit);
  return 'null';
}
