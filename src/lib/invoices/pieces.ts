/** Cuts a text into pieces that fit into cells; an empty text is one empty piece. */
export function cutIntoPieces(text: string, limit = PIECE): readonly string[] {
  const pieces: string[] = [];
  for (let at = 0; at < text.length; ) {
    let end = Math.min(at + limit, text.length);
    // A pair of code units that make one character stays together.
    if (end < text.length && isHighSurrogate(text.charCodeAt(end - 1))) end -= 1;
    pieces.push(text.slice(at, end));
    at = end;
  }
  return pieces.length === 0 ? [''] : pieces;
}

/** Puts numbered pieces together again, in whatever order they stand. */
export function joinPieces(pieces: readonly { readonly part: number | null; readonly text: string }[]): string {
  return [...pieces]
    .sort((a, b) => (a.part ?? 0) - (b.part ?? 0))
    .map((piece) => piece.text)
    .join('');
}

/** Under the 50,000 characters that a cell holds. */
const PIECE = 45_000;

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}
