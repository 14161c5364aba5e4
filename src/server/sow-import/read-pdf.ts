import { readPages } from '../../lib/sow-import/read-answer.ts';
import { PAGES_PER_REQUEST, transcribeRequest } from '../../lib/sow-import/request.ts';
import type { ClaudeClient } from '../clients/claude-model.ts';
import { answerText } from './answer-text.ts';

/** More is no statement of work, and would take longer than a call may. */
const MOST_PAGES = 60;

/**
 * The text of a PDF as a model reads it, some pages a request, side by side. Throws a sentence where a page could not be read:
 * half a contract is worse than none.
 */
export function readPdf(claude: ClaudeClient, model: string, pdfBase64: string): string {
  const [first] = claude.messages([transcribeRequest(model, pdfBase64, 1, PAGES_PER_REQUEST)]);
  const head = readPages(answerText(first, 'the PDF'));
  if (head === null || head.inDocument === 0) throw new Error('Claude could not read the PDF. Paste its text instead.');
  if (head.inDocument > MOST_PAGES) {
    throw new Error(
      `The PDF has ${head.inDocument} pages; at most ${MOST_PAGES} can be read. Import only the pages with terms, or paste their text.`,
    );
  }
  const pages = new Map(head.pages);
  const starts: number[] = [];
  for (let from = PAGES_PER_REQUEST + 1; from <= head.inDocument; from += PAGES_PER_REQUEST) starts.push(from);
  const more = claude.messages(
    starts.map((from) => transcribeRequest(model, pdfBase64, from, from + PAGES_PER_REQUEST - 1)),
  );
  starts.forEach((_, index) => {
    const read = readPages(answerText(more[index], 'the PDF'));
    for (const [page, text] of read?.pages ?? []) pages.set(page, text);
  });
  const missing = Array.from({ length: head.inDocument }, (_, index) => index + 1).filter((page) => !pages.has(page));
  if (missing.length > 0)
    throw new Error(`Claude left out page ${missing.join(', ')} of the PDF. Try again, or paste the text instead.`);
  return [...pages]
    .sort(([a], [b]) => a - b)
    .map(([, text]) => text.trim())
    .join('\n\n');
}
