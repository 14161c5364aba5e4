/** The pieces that a query is written in. */
export interface Token {
  readonly kind: 'word' | 'string' | 'number' | 'symbol' | 'end';
  /** As written; of a string, its meaning without quotes and escapes. */
  readonly text: string;
  /** Counted from 1. */
  readonly column: number;
}

/**
 * Cuts a query into pieces. A string stands in single quotes; a backslash takes the next character as it is.
 * A quote that never closes becomes a symbol, so that the parser refuses it where it stands.
 */
export function tokensOf(query: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < query.length) {
    const rest = query.slice(at);
    const space = /^\s+/.exec(rest)?.[0];
    if (space !== undefined) {
      at += space.length;
      continue;
    }
    const [kind, written, text] = piece(rest);
    tokens.push({ kind, text, column: at + 1 });
    at += written.length;
  }
  tokens.push({ kind: 'end', text: '<EOF>', column: query.length + 1 });
  return tokens;
}

function piece(rest: string): readonly [Token['kind'], string, string] {
  const quoted = /^'((?:[^'\\]|\\[\s\S])*)'/.exec(rest);
  if (quoted?.[1] !== undefined) return ['string', quoted[0], quoted[1].replace(/\\([\s\S])/g, '$1')];
  const word = /^[A-Za-z_][A-Za-z0-9_.]*/.exec(rest)?.[0];
  if (word !== undefined) return ['word', word, word];
  const number = /^-?\d+(\.\d+)?/.exec(rest)?.[0];
  if (number !== undefined) return ['number', number, number];
  const symbol = /^(<=|>=|[\s\S])/.exec(rest)?.[0] ?? '';
  return ['symbol', symbol, symbol];
}
