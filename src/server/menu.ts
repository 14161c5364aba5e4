/** The menu. Works before the add-on may do anything in this file, so it asks no service but the menu's own. */
export function addMenu(): void {
  SpreadsheetApp.getUi()
    .createMenu('Time to Invoice')
    .addItem('Open review', 'showSidebar')
    .addItem('Run month-end now', 'runMonthEnd')
    .addItem('Update drafts', 'updateDrafts')
    .addSeparator()
    .addItem('Set up', 'setUp')
    .addToUi();
}

export function openSidebar(): void {
  const page = HtmlService.createHtmlOutputFromFile('sidebar').setTitle('Time to Invoice');
  SpreadsheetApp.getUi().showSidebar(page);
}

/** A short message in the corner of the spreadsheet, which holds nothing up. */
export function say(message: string): void {
  SpreadsheetApp.getActiveSpreadsheet().toast(message, 'Time to Invoice', 10);
}
