import { createHash } from 'node:crypto';
import { getDocumentProxy } from 'unpdf';
import { blocksOf } from '../check-content.ts';
import { isObject, type JsonObject } from '../json.ts';

/** Reads PDFs before a request is answered, since answering cannot wait. */
export interface PdfReader {
  /** Reads the PDFs of a request's body. What cannot be read (a picture, a password) has one page without text. */
  read(body: JsonObject): Promise<void>;
  /** The text of each page of a PDF that was read. */
  pagesOf(base64: string): readonly string[];
}

/** Copies text as it stands on the page: lines that were wrapped are put together again, others stay lines. */
export function createPdfReader(): PdfReader {
  const known = new Map<string, readonly string[]>();
  return {
    async read(body) {
      for (const block of blocksOf({ messages: body['messages'] })) {
        const data = isObject(block['source']) ? block['source']['data'] : undefined;
        if (block['type'] !== 'document' || typeof data !== 'string' || known.has(markOf(data))) continue;
        known.set(markOf(data), await pagesIn(data));
      }
    },
    pagesOf: (base64) => known.get(markOf(base64)) ?? [''],
  };
}

function markOf(base64: string): string {
  return createHash('sha256').update(base64).digest('hex');
}

async function pagesIn(base64: string): Promise<readonly string[]> {
  try {
    const pdf = await getDocumentProxy(new Uint8Array(Buffer.from(base64, 'base64')), { verbosity: 0 });
    const pages: string[] = [];
    for (let number = 1; number <= pdf.numPages; number += 1) {
      const { items } = await (await pdf.getPage(number)).getTextContent();
      pages.push(textOf(linesOf(items.flatMap(pieceOf))));
    }
    return pages;
  } catch {
    return [''];
  }
}

interface Piece {
  readonly str: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly fontSize: number;
}

function pieceOf(item: object): Piece[] {
  const { str, transform, width } = item as { str?: string; transform?: readonly number[]; width?: number };
  if (str === undefined || transform === undefined) return [];
  const [, , c = 0, d = 0, x = 0, y = 0] = transform;
  return [{ str, x, y, width: width ?? 0, fontSize: Math.hypot(c, d) }];
}

interface Line {
  readonly text: string;
  readonly y: number;
  readonly right: number;
  readonly size: number;
}

/** Pieces at the same height are one line. */
function linesOf(pieces: readonly Piece[]): readonly Line[] {
  const lines: Line[] = [];
  for (const piece of pieces) {
    if (piece.str === '') continue;
    const last = lines.at(-1);
    const { x, y, width, fontSize } = piece;
    if (last !== undefined && Math.abs(last.y - y) < fontSize / 2) {
      const text = last.text + (x - last.right > fontSize / 5 ? ' ' : '') + piece.str;
      lines[lines.length - 1] = { ...last, text, right: x + width };
    } else lines.push({ text: piece.str, y, right: x + width, size: fontSize });
  }
  return lines;
}

/** A line that reached the right margin goes on in the next one, if that follows closely and begins nothing of its own. */
function textOf(lines: readonly Line[]): string {
  const margin = Math.max(0, ...lines.map(({ right }) => right));
  let text = '';
  lines.forEach((line, index) => {
    const before = lines[index - 1];
    if (before === undefined) {
      text = line.text;
      return;
    }
    const isClose = before.y - line.y > 0 && before.y - line.y < line.size * 1.6 && before.size === line.size;
    const goesOn = isClose && before.right > margin * 0.8 && !/^(?:[#|*•-]|\d+[.)] )/.test(line.text);
    text += (goesOn ? ' ' : isClose ? '\n' : '\n\n') + line.text.trim();
  });
  return text.replace(/ {2,}/g, ' ').trim();
}
