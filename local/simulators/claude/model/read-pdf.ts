import { inflateSync } from 'node:zlib';

/**
 * The text of each page of a PDF, roughly: what the drawing operators show, in the order in which they stand. Enough for documents that a
 * word processor or a test wrote; scanned pages give nothing.
 */
export function pagesOfPdf(base64: string): readonly string[] {
  const file = Buffer.from(base64, 'base64').toString('latin1');
  const streams = [...file.matchAll(/<<(.*?)>>\s*stream\r?\n([\s\S]*?)\r?\n?endstream/g)];
  const pages = streams.map(([, head = '', data = '']) => shownIn(contentOf(head, data))).filter((text) => text !== '');
  return pages.length === 0 ? [''] : pages;
}

function contentOf(head: string, data: string): string {
  if (!head.includes('FlateDecode')) return data;
  try {
    return inflateSync(Buffer.from(data, 'latin1')).toString('latin1');
  } catch {
    return '';
  }
}

/** Texts between brackets before Tj, TJ and '; a move to another place begins a new line. */
function shownIn(content: string): string {
  const lines: string[] = [];
  let line = '';
  for (const [token] of content.matchAll(/\((?:\\.|[^\\()])*\)|\b(?:Td|TD|Tm)\b|T\*|'/g)) {
    if (token.startsWith('(')) line += unescaped(token.slice(1, -1));
    else if (line !== '') {
      lines.push(line);
      line = '';
    }
  }
  return [...lines, line].join('\n').trim();
}

function unescaped(text: string): string {
  return text.replace(/\\([nrtbf()\\]|[0-7]{1,3})/g, (_, code: string) => {
    if (/^[0-7]/.test(code)) return String.fromCharCode(Number.parseInt(code, 8));
    return { n: '\n', r: '\r', t: '\t' }[code] ?? code;
  });
}
