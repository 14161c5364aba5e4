/**
 * What a call counts as: a `handle` is free and not counted; the others count as service calls, and those of kind
 * `spreadsheet` (they read or write cells, formats or structure) also as spreadsheet calls.
 */
export type CallKind = 'handle' | 'call' | 'spreadsheet';

/** Simulated seconds of one kind of call. */
export interface Cost {
  readonly kind: CallKind;
  readonly seconds: number;
  readonly perCell: number;
}

const handle: Cost = { kind: 'handle', seconds: 0, perCell: 0 };

/** Asking for a name or size, which reads no cell. Assumption. */
const fact: Cost = { kind: 'call', seconds: 0.01, perCell: 0 };

/**
 * Reading: a few tenths of a second a call by published traces; per cell: assumption, 20 microseconds
 * (100,000 cells in two seconds).
 */
const read: Cost = { kind: 'spreadsheet', seconds: 0.15, perCell: 0.000_02 };

/**
 * Writing: Google's own best-practices page gives about 1 s for one batched write of 10,000 cells and 70 s for 10,000
 * single ones. So 0.2 s a call (assumption, to be careful: more than the 7 ms of a buffered single write) and 80 microseconds a cell.
 */
const write: Cost = { kind: 'spreadsheet', seconds: 0.2, perCell: 0.000_08 };

/** Changes of format: assumption, as a write of few cells. */
const format: Cost = { kind: 'spreadsheet', seconds: 0.05, perCell: 0.000_002 };

/** Inserting, deleting, sorting: assumption. */
const structure: Cost = { kind: 'spreadsheet', seconds: 0.3, perCell: 0 };

/** Properties: a get and a put together are about 80 ms (J. Poehnelt, 2026-01). */
const property: Cost = { kind: 'call', seconds: 0.04, perCell: 0 };

/** Cache: a get and a put together are about 63 ms (the same source). */
const cache: Cost = { kind: 'call', seconds: 0.03, perCell: 0 };

const lock: Cost = { kind: 'call', seconds: 0.05, perCell: 0 };
const trigger: Cost = { kind: 'call', seconds: 0.2, perCell: 0 };
const free: Cost = { kind: 'call', seconds: 0, perCell: 0 };

/** Simulated seconds charged for a request whose server did not say its latency. Assumption. */
export const defaultFetchSeconds = 0.4;

/** Simulated seconds before the first line of a script runs. Reports say 0.5 to 2. */
export const startSeconds = 0.5;

const table: Readonly<Record<string, Cost>> = {
  'spreadsheet.open': handle,
  'spreadsheet.get': handle,
  'spreadsheet.flush': { kind: 'spreadsheet', seconds: 0.1, perCell: 0 },
  'spreadsheet.sheets': { kind: 'call', seconds: 0.05, perCell: 0 },
  'spreadsheet.sheetByName': fact,
  'spreadsheet.activeSheet': handle,
  'spreadsheet.activeRange': handle,
  'spreadsheet.insertSheet': structure,
  'spreadsheet.deleteSheet': structure,
  'spreadsheet.moveActiveSheet': structure,
  'spreadsheet.a1': handle,
  'spreadsheet.namedRange': handle,
  'spreadsheet.setNamedRange': format,
  'spreadsheet.toast': format,
  'sheet.get': fact,
  'sheet.range': handle,
  'sheet.a1': handle,
  'sheet.dataRange': { kind: 'call', seconds: 0.05, perCell: 0 },
  'sheet.lastRow': read,
  'sheet.lastColumn': read,
  'sheet.columnWidth': fact,
  'sheet.protections': read,
  'sheet.charts': read,
  'sheet.conditional': read,
  'sheet.appendRow': write,
  'sheet.insertRows': structure,
  'sheet.insertColumns': structure,
  'sheet.deleteRows': structure,
  'sheet.deleteColumns': structure,
  'sheet.sort': structure,
  'sheet.clear': write,
  'range.getValues': read,
  'range.getDisplayValues': read,
  'range.getFormulas': read,
  'range.getStyles': read,
  'range.getValidations': read,
  'range.setValues': write,
  'range.setValue': write,
  'range.setFormulas': write,
  'range.setFormula': write,
  'range.clear': write,
  'protection.get': fact,
  'ui.get': handle,
  'ui.addMenu': free,
  'ui.alert': free,
  'ui.showSidebar': free,
  'ui.showDialog': free,
  'html.file': free,
  'script.createTrigger': trigger,
  'script.deleteTrigger': trigger,
  'script.triggers': trigger,
  'script.id': handle,
  'script.stateToken': { kind: 'call', seconds: 0.05, perCell: 0 },
  'script.missingScopes': { kind: 'call', seconds: 0.05, perCell: 0 },
  'session.timeZone': handle,
  'session.userKey': handle,
  'session.email': { kind: 'call', seconds: 0.01, perCell: 0 },
  'utilities.sleep': free,
  'utilities.uuid': handle,
  'utilities.digest': handle,
  'utilities.hmacSha256': handle,
  'mail.send': { kind: 'call', seconds: 0.5, perCell: 0 },
  'mail.remaining': { kind: 'call', seconds: 0.05, perCell: 0 },
  'fetch.send': free,
  'log.write': handle,
};

const byService: Readonly<Record<string, Cost>> = {
  sheet: format,
  range: format,
  protection: format,
  properties: property,
  cache,
  lock,
};

/** The cost of a call by its name (`range.getValues`); what is not in the table costs what its service costs. */
export function costOf(name: string): Cost {
  const cost = table[name] ?? byService[name.split('.')[0] ?? ''];
  if (!cost) throw new Error(`No cost is known for the service call ${name}.`);
  return cost;
}
