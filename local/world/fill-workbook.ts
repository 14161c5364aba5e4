/** Writes a scenario's rows into the tabs that set-up made. */
import type { Workbook } from '../host/host.ts';
import { type World, WorldError } from './format.ts';

/** Characters of a SOW's text in one cell; a cell takes 50,000. */
const PIECE_CHARS = 45_000;
const SETTINGS = 'Settings';
const SOW_TEXTS = 'SOW texts';

/** Fills the tabs; throws WorldError that names every tab, header and setting that does not exist. */
export function fillWorkbook(workbook: Workbook, world: World): void {
  const findings: string[] = [];
  const tabs = new Set(workbook.sheets().map((sheet) => sheet.name));
  for (const [tab, rows] of Object.entries(world.workbook ?? {})) {
    if (!tabs.has(tab)) findings.push(`workbook.${tab}: there is no such tab; there are ${[...tabs].join(', ')}`);
    else if (tab === SETTINGS) findings.push(...fillSettings(workbook, rows));
    else if (!Array.isArray(rows)) findings.push(`workbook.${tab}: expected a list of rows`);
    else findings.push(...fillTab(workbook, tab, rows));
  }
  if (world.documents) fillDocuments(workbook, world.documents);
  if (findings.length > 0) throw new WorldError(findings);
}

function fillTab(workbook: Workbook, tab: string, rows: readonly Readonly<Record<string, unknown>>[]): string[] {
  const headers = headersOf(workbook, tab);
  const unknown = rows.flatMap((row, index) =>
    Object.keys(row)
      .filter((header) => !headers.includes(header))
      .map((header) => `workbook.${tab}[${index}].${header}: the tab has no such column; it has ${headers.join(', ')}`),
  );
  if (unknown.length === 0) workbook.setRows(tab, rows);
  return unknown;
}

function fillSettings(workbook: Workbook, values: unknown): string[] {
  if (Array.isArray(values) || typeof values !== 'object' || values === null) {
    return [`workbook.${SETTINGS}: expected { "Setting": value }`];
  }
  const rows = workbook.rows(SETTINGS);
  const known = rows.map((row) => String(row['Setting']));
  const unknown = Object.keys(values).filter((setting) => !known.includes(setting));
  const given = new Map(Object.entries(values));
  workbook.setRows(
    SETTINGS,
    rows.map((row) => (given.has(String(row['Setting'])) ? { ...row, Value: given.get(String(row['Setting'])) } : row)),
  );
  return unknown.map(
    (setting) => `workbook.${SETTINGS}.${setting}: there is no such setting; there are ${known.join(', ')}`,
  );
}

function fillDocuments(workbook: Workbook, documents: Readonly<Record<string, string>>): void {
  workbook.setRows(
    SOW_TEXTS,
    Object.entries(documents).flatMap(([sow, text]) =>
      Array.from({ length: Math.max(1, Math.ceil(text.length / PIECE_CHARS)) }, (_, piece) => ({
        SOW: sow,
        Part: piece + 1,
        Text: text.slice(piece * PIECE_CHARS, (piece + 1) * PIECE_CHARS),
      })),
    ),
  );
}

function headersOf(workbook: Workbook, tab: string): readonly string[] {
  return (workbook.view(tab, 1, 1).cells[0] ?? []).map((cell) => cell.text).filter((header) => header !== '');
}
