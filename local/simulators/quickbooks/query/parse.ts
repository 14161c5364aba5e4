import { refuse } from '../faults.ts';
import { LIMITS } from '../limits.ts';
import { type Token, tokensOf } from './tokens.ts';

export type Operator = '=' | '<' | '>' | '<=' | '>=' | 'LIKE' | 'IN';

export interface Condition {
  readonly property: string;
  readonly operator: Operator;
  /** One value, or those of IN. */
  readonly values: readonly QueryValue[];
}

/** Values stand in quotes, numbers and dates too; true and false stand bare. */
export type QueryValue = string | boolean;

export interface Query {
  readonly entity: string;
  /** Properties that are asked for; `null` means all. */
  readonly properties: readonly string[] | null;
  readonly isCount: boolean;
  readonly where: readonly Condition[];
  readonly orderBy: readonly { readonly property: string; readonly descending: boolean }[];
  readonly startPosition: number;
  readonly maxResults: number;
}

const OPERATORS: readonly Operator[] = ['=', '<', '>', '<=', '>=', 'LIKE', 'IN'];

/** Reads `SELECT * | count(*) | properties FROM Entity [WHERE …] [ORDERBY …] [STARTPOSITION n] [MAXRESULTS m]`; refuses anything else (4000). */
export function parseQuery(text: string): Query {
  const reader = readerOf(tokensOf(text));
  reader.expectWord('SELECT');
  const isCount = reader.takesWord('COUNT');
  const properties = isCount ? countBrackets(reader) : selected(reader);
  reader.expectWord('FROM');
  const entity = reader.word();
  const where = reader.takesWord('WHERE') ? conditions(reader) : [];
  const orderBy = startsOrder(reader) ? ordering(reader) : [];
  let startPosition = 1;
  let maxResults: number = LIMITS.defaultResults;
  if (reader.takesWord('STARTPOSITION')) startPosition = reader.wholeNumber();
  if (reader.takesWord('MAXRESULTS')) maxResults = reader.wholeNumber();
  reader.expectEnd();
  return { entity, properties, isCount, where, orderBy, startPosition, maxResults };
}

type Reader = ReturnType<typeof readerOf>;

function readerOf(tokens: readonly Token[]) {
  let at = 0;
  const end: Token = { kind: 'end', text: '<EOF>', column: 1 };
  const peek = (): Token => tokens[at] ?? tokens.at(-1) ?? end;
  const fail = (): never => {
    throw encountered(peek());
  };
  const take = (kind: Token['kind']): Token => {
    const token = peek();
    if (token.kind !== kind) return fail();
    at += 1;
    return token;
  };
  const isWord = (word: string): boolean => peek().kind === 'word' && peek().text.toUpperCase() === word;
  const isSymbol = (symbol: string): boolean => peek().kind === 'symbol' && peek().text === symbol;
  const takesWord = (word: string): boolean => {
    if (!isWord(word)) return false;
    at += 1;
    return true;
  };
  const takesSymbol = (symbol: string): boolean => {
    if (!isSymbol(symbol)) return false;
    at += 1;
    return true;
  };
  return {
    peek,
    fail,
    isWord,
    takesWord,
    takesSymbol,
    expectWord: (word: string) => takesWord(word) || fail(),
    expectSymbol: (symbol: string) => takesSymbol(symbol) || fail(),
    expectEnd: () => take('end'),
    word: () => take('word').text,
    string: () => take('string').text,
    wholeNumber: () => {
      const token = peek();
      return /^\d+$/.test(token.text) ? Number(take('number').text) : fail();
    },
  };
}

function countBrackets(reader: Reader): null {
  reader.expectSymbol('(');
  reader.expectSymbol('*');
  reader.expectSymbol(')');
  return null;
}

function selected(reader: Reader): readonly string[] | null {
  if (reader.takesSymbol('*')) return null;
  const properties = [reader.word()];
  while (reader.takesSymbol(',')) properties.push(reader.word());
  return properties;
}

function conditions(reader: Reader): Condition[] {
  const all = [condition(reader)];
  while (reader.takesWord('AND')) all.push(condition(reader));
  return all;
}

function condition(reader: Reader): Condition {
  const property = reader.word();
  const operator = OPERATORS.find(
    (known) => reader.takesSymbol(known) || (/[A-Z]/.test(known) && reader.takesWord(known)),
  );
  if (operator === undefined) return reader.fail();
  if (operator !== 'IN') return { property, operator, values: [value(reader)] };
  reader.expectSymbol('(');
  const values = [value(reader)];
  while (reader.takesSymbol(',')) values.push(value(reader));
  reader.expectSymbol(')');
  return { property, operator, values };
}

function value(reader: Reader): QueryValue {
  if (reader.takesWord('TRUE')) return true;
  if (reader.takesWord('FALSE')) return false;
  return reader.string();
}

function startsOrder(reader: Reader): boolean {
  if (reader.takesWord('ORDERBY')) return true;
  if (!reader.takesWord('ORDER')) return false;
  reader.expectWord('BY');
  return true;
}

function ordering(reader: Reader): { property: string; descending: boolean }[] {
  const all = [];
  do {
    const property = reader.word();
    const descending = reader.takesWord('DESC');
    if (!descending) reader.takesWord('ASC');
    all.push({ property, descending });
  } while (reader.takesSymbol(','));
  return all;
}

const TOKEN_NAMES: Readonly<Record<Token['kind'], string>> = {
  word: '<IDENTIFIER>',
  string: '<STRING>',
  number: '<NUMBER>',
  symbol: '<SYMBOL>',
  end: '<EOF>',
};

/** `Encountered " <IDENTIFIER> "TxnDate "" at line 1, column 29.` */
function encountered(token: Token): Error {
  const shown = token.kind === 'string' ? `'${token.text}'` : token.text;
  const what = token.kind === 'end' ? '"<EOF>"' : `" ${TOKEN_NAMES[token.kind]} "${shown} ""`;
  return refuse('4000', `QueryParserError: Encountered ${what} at line 1, column ${token.column}.`);
}
