import { cutIntoPieces, joinPieces } from '../invoices/pieces.ts';
import { foldName } from '../workbook/cell.ts';
import type { RowOf, sowTexts } from '../workbook/tables.ts';
import type { SowDocument } from './model.ts';

type TextRow = RowOf<typeof sowTexts>;

/** What has to change in the tab SOW texts, and how SOWs describes it. */
export interface TextChange {
  readonly rows: readonly TextRow[];
  /** Numbers of pieces that are no longer needed. */
  readonly surplus: readonly number[];
  /** For the column Document. */
  readonly state: string;
}

/**
 * Stores a document with a SOW: alone, or after what is stored already (an amendment), each under a heading of its own. A document
 * that stands there already is not stored twice.
 * @param now ms since 1970
 */
export function storeText(
  sow: string,
  document: SowDocument,
  stored: readonly TextRow[],
  how: { readonly append: boolean; readonly now: number },
): TextChange {
  const before = stored.filter((row) => foldName(row.sow) === foldName(sow));
  const text = joinPieces(before);
  const added = document.text.trim();
  const all =
    !how.append || text === '' ? added : text.includes(added) ? text : `${text}\n\n# ${document.name}\n\n${added}`;
  const pieces = cutIntoPieces(all);
  const rows = pieces.map((piece, index) => ({ sow, part: index + 1, text: piece, added: how.now }));
  const surplus = before.flatMap(({ part }) => (part !== null && part > pieces.length ? [part] : []));
  const standing = new Map(before.map((row) => [row.part, row.text]));
  return {
    rows: rows.filter((row) => standing.get(row.part) !== row.text),
    surplus,
    state: `${document.name}: ${all.length} characters stored`,
  };
}
