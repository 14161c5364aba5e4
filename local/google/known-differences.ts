/** One way in which the stand-ins differ from Google, or in which Google was never asked. */
export interface Difference {
  readonly id: string;
  readonly service: string;
  readonly what: string;
  /** `differs`: known to be otherwise at Google. `unverified`: written from documents or reports, never compared. */
  readonly kind: 'differs' | 'unverified';
}

/** What is known to differ. Tests read this list: a difference that goes away must leave it. */
export const knownDifferences: readonly Difference[] = [
  {
    id: 'formulas-shared-only',
    service: 'SpreadsheetApp',
    what: 'QUERY, ARRAYFORMULA, SPLIT, JOIN, REGEX functions, IMPORTRANGE, GOOGLEFINANCE, SPARKLINE and HYPERLINK give #NAME?.',
    kind: 'differs',
  },
  {
    id: 'formula-dates',
    service: 'SpreadsheetApp',
    what: 'A formula whose result is a date shows as a number unless its cell has a date format; TODAY and NOW read the clock of the machine.',
    kind: 'differs',
  },
  {
    id: 'formula-digits',
    service: 'SpreadsheetApp',
    what: 'Results of formulas are exact to 14 significant digits.',
    kind: 'differs',
  },
  {
    id: 'references-do-not-move',
    service: 'SpreadsheetApp',
    what: 'References in formulas do not follow inserted, deleted or moved rows and columns, nor renamed tabs.',
    kind: 'differs',
  },
  {
    id: 'merge-ignored',
    service: 'SpreadsheetApp',
    what: 'Merged cells, row heights and hidden gridlines are accepted and not kept.',
    kind: 'differs',
  },
  {
    id: 'filter-none',
    service: 'SpreadsheetApp',
    what: 'There are no filters: getFilter always gives null.',
    kind: 'differs',
  },
  {
    id: 'cpu-is-free',
    service: 'runtime',
    what: 'Computing costs no simulated time; only service calls and waiting do.',
    kind: 'differs',
  },
  {
    id: 'english-messages',
    service: 'all',
    what: "Messages are English whatever the user's language is.",
    kind: 'differs',
  },
  {
    id: 'trigger-minute',
    service: 'ScriptApp',
    what: 'A clock trigger fires exactly at nearMinute, at its time (after, at), or at one minute of its hour that never changes; Google allows itself 15 minutes either way.',
    kind: 'differs',
  },
  {
    id: 'mail-not-sent',
    service: 'MailApp',
    what: 'Mails are kept and shown, not sent.',
    kind: 'differs',
  },
  {
    id: 'validation-timing',
    service: 'SpreadsheetApp',
    what: 'A write that a rejecting rule forbids is refused when the writes are carried out (flush, next read, end), as reported of Google, and refuses the values of the whole call.',
    kind: 'unverified',
  },
  {
    id: 'killed-writes',
    service: 'SpreadsheetApp',
    what: 'A killed execution leaves the first half of its unflushed writes; Google promises nothing.',
    kind: 'unverified',
  },
  {
    id: 'after-an-exception',
    service: 'SpreadsheetApp',
    what: 'Writes before an uncaught exception are carried out.',
    kind: 'unverified',
  },
  {
    id: 'apostrophe-in-text-format',
    service: 'SpreadsheetApp',
    what: 'A leading apostrophe is dropped in cells of format @ as well.',
    kind: 'unverified',
  },
  {
    id: 'list-validation-case',
    service: 'SpreadsheetApp',
    what: 'A drop-down that rejects compares with case.',
    kind: 'unverified',
  },
  {
    id: 'date-returned-to-page',
    service: 'google.script.run',
    what: 'A Date anywhere in a returned value makes the page get null.',
    kind: 'unverified',
  },
  {
    id: 'whitelist-message',
    service: 'UrlFetchApp',
    what: 'The text of the refusal of a URL outside urlFetchWhitelist is our own.',
    kind: 'unverified',
  },
  {
    id: 'once-trigger-stays',
    service: 'ScriptApp',
    what: 'A one-time trigger that has fired stays in the list, disabled, and counts towards the twenty.',
    kind: 'unverified',
  },
];
