import type { LineTable } from './prompt.ts';

/**
 * Rough tokens of all SOW texts in one request. With the descriptions, 40 notes of full length and the examples a request stays under
 * 100,000 tokens, where the whole request of a small model costs five times as much.
 */
export const SOW_TOKENS = 45_000;

/** The same for the descriptions of all lines. */
export const DESCRIPTION_TOKENS = 15_000;

/** Stands where a SOW text was cut. */
export const CUT_MARK = '… [cut here; the document goes on]';

/** Cuts at so many characters, between them, so that no half of a pair is left over. */
export function cut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const end = /[\uD800-\uDBFF]/.test(text.charAt(limit - 1)) ? limit - 1 : limit;
  return `${text.slice(0, end)}…`;
}

/** The table as far as one request takes it: long SOW texts and descriptions cut, each marked; short ones leave their room to the others. */
export function cutTable(table: LineTable): LineTable {
  const texts = cutAll(
    table.sows.map(({ text }) => text),
    SOW_TOKENS,
    CUT_MARK,
  );
  const descriptions = cutAll(
    table.lines.map(({ description }) => description),
    DESCRIPTION_TOKENS,
    '…',
  );
  return {
    sows: table.sows.map((sow, index) => ({ ...sow, text: texts[index] ?? '' })),
    lines: table.lines.map((line, index) => ({ ...line, description: descriptions[index] ?? '' })),
  };
}

/** The SOWs of the table that do not go whole into a request. */
export function cutSows(table: LineTable): readonly string[] {
  const shown = cutTable(table).sows;
  return table.sows.flatMap(({ sow, text }, index) => (shown[index]?.text === text ? [] : [sow]));
}

/**
 * About how many tokens a text comes to, rather too many than too few: three Latin characters a token (the tokenizer of the 5.x models
 * makes about a third more of a text than older ones), one token for any other sign.
 */
export function roughTokens(text: string): number {
  const latin = text.replace(/[\u0250-\uFFFF]/g, '').length;
  return Math.ceil(latin / 3) + (text.length - latin);
}

function cutAll(texts: readonly string[], limit: number, mark: string): readonly string[] {
  const sizes = texts.map(roughTokens);
  const most = fairShare(sizes, limit);
  return texts.map((text, index) => ((sizes[index] ?? 0) <= most ? text : cutToTokens(text, most, mark)));
}

/** The size that each may have so that all together keep to the limit: those that need less leave theirs to the others. */
function fairShare(sizes: readonly number[], limit: number): number {
  let left = limit;
  const smallFirst = [...sizes].sort((a, b) => a - b);
  for (const [index, size] of smallFirst.entries()) {
    const share = left / (smallFirst.length - index);
    if (size > share) return share;
    left -= size;
  }
  return Number.POSITIVE_INFINITY;
}

function cutToTokens(text: string, tokens: number, mark: string): string {
  let end = Math.min(text.length, Math.floor(tokens * 3));
  while (end > 0 && roughTokens(text.slice(0, end)) > tokens) end = Math.floor(end * 0.9);
  return `${cut(text.slice(0, end + 1), end).slice(0, -1)}${mark}`;
}
