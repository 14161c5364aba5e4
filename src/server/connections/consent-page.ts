/** The page on which a person lands after Intuit's: what happened, and that they may go back. */
export function consentPage(sentence: string): GoogleAppsScript.HTML.HtmlOutput {
  const page = `<!DOCTYPE html><html lang="en"><head><title>Time to Invoice</title></head><body style="font: 16px sans-serif; margin: 3em"><p>${escaped(sentence)}</p><p>You may close this tab and go back to the spreadsheet.</p></body></html>`;
  return HtmlService.createHtmlOutput(page).setTitle('Time to Invoice');
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? '');
}
