/** What the stand-in makes of a statement of work: rows by property, as texts. */
export interface SowReading {
  readonly sows: readonly Reading[];
  readonly lines: readonly Reading[];
  readonly rates: readonly Reading[];
}

export interface Reading {
  readonly quotes: readonly string[];
  readonly [property: string]: string | readonly string[];
}

const month = '(?:January|February|March|April|May|June|July|August|September|October|November|December)';
const writtenDay = `\\d{1,2} ${month} \\d{4}`;
const key = '[A-Z]{2,6}-\\d+[A-Z]?';

/**
 * Reads by fixed patterns: lines are paragraphs that begin with their number, amounts have a dollar sign. A weak reader: it finds
 * only what stands in the line's own paragraph, and where a fee is stated per meeting it multiplies, which it was told not to.
 */
export function readSow(text: string): SowReading {
  const sow = new RegExp(`\\b${key}\\b`).exec(text)?.[0] ?? '';
  const paragraphs = text.split('\n').map((paragraph) => paragraph.trim());
  const lines = paragraphs.flatMap(lineOf);
  const changes = lines.length > 0 ? [] : sentencesOf(text).flatMap(changeOf);
  return { sows: [sowRow(sow, text, paragraphs)], lines: [...lines, ...changes], rates: ratesIn(sow, text) };
}

function sowRow(sow: string, text: string, paragraphs: readonly string[]): Reading {
  const span = new RegExp(`(${writtenDay})\\D{1,12}(${writtenDay})`).exec(text);
  const of = span === null ? [] : paragraphs.filter((paragraph) => paragraph.includes(span[0]));
  const headings = paragraphs.filter((paragraph) => paragraph.startsWith('#')).map((one) => one.replace(/^#+\s*/, ''));
  const title = headings.map((one) => one.replace(new RegExp(`.*${key}[:/ ]*`), '').trim()).find((one) => one !== '');
  return {
    quotes: of.slice(0, 1),
    sow,
    title: title ?? '',
    starts: iso(span?.[1]),
    ends: iso(span?.[2]),
  };
}

function lineOf(paragraph: string): readonly Reading[] {
  const found = new RegExp(`^(?:\\d+[.)]\\s*)?\\**(${key}/\\d+)[.:]?\\s+([^.*:]+?)[.:]?\\**[.:]?\\s+(.+)$`).exec(
    paragraph,
  );
  const [, line = '', title = '', body = ''] = found ?? [];
  if (line === '') return [];
  const quote = paragraph.replace(/^\d+[.)]\s*/, '');
  return [{ quotes: [quote], line, title, description: describe(body), ...termsIn(body) }];
}

/** Of an amendment: sentences that name a line and say an amount or a day. */
function changeOf(sentence: string): readonly Reading[] {
  const line = new RegExp(`\\b${key}/\\d+\\b`).exec(sentence)?.[0];
  const terms = termsIn(sentence);
  if (line === undefined || Object.values(terms).every((value) => value === '')) return [];
  const from = iso(new RegExp(`\\bfrom (${writtenDay})`).exec(sentence)?.[1]);
  const { billing: _, ...changed } = terms;
  return [{ quotes: [sentence], line, holds_from: from, ...changed }];
}

function termsIn(body: string): Readonly<Record<string, string>> {
  const money = (pattern: RegExp) => pattern.exec(body)?.[1]?.replace(/,/g, '') ?? '';
  const amount = money(/\$([\d,]+(?:\.\d+)?)/);
  const hours = /(\d+) hours/.exec(body)?.[1] ?? '';
  const ends = iso(
    new RegExp(`\\bends? on (${writtenDay})|\\bextended to (${writtenDay})`).exec(body)?.slice(1).find(Boolean),
  );
  if (/\bat cost\b/i.test(body)) {
    const markup = /plus (\d+(?:\.\d+)?) ?(?:percent|%)/.exec(body)?.[1] ?? '0';
    return { billing: 'expense', markup_percent: markup, ends };
  }
  if (/\bhourly\b|\b(?:per|an) hour\b/i.test(body) && !/\bmonth\b/.test(body.slice(0, 60))) {
    const capped = /not to exceed|no more than|at most/i.test(body) ? hours : '';
    return { billing: 'hourly', rate: amount, cap_hours: capped, ends };
  }
  if (/\b(?:a|per) month\b/.test(body)) {
    if (hours === '') return { billing: 'fixed monthly', fee: amount, ends };
    const above = money(/[Aa]bove \d+[^$]*\$([\d,]+(?:\.\d+)?)/);
    return {
      billing: 'retainer',
      fee: amount,
      included_hours: hours,
      rate: above,
      overage: above === '' ? '' : 'bill',
      ends,
    };
  }
  const many = /per meeting, (\w+) meetings/.exec(body)?.[1];
  const times = ['one', 'two', 'three', 'four', 'five', 'six'].indexOf(many ?? '') + 1;
  return { billing: 'milestone', fee: times > 1 ? String(Number(amount) * times) : amount, ends };
}

function ratesIn(sow: string, text: string): readonly Reading[] {
  return sentencesOf(text)
    .filter((sentence) => /\brates? by role\b/i.test(sentence))
    .flatMap((sentence) =>
      [...sentence.matchAll(/([A-Z][a-z]+(?: [A-Z][a-z]+)*) \$([\d,]+)/g)].map(([, role = '', rate = '']) => ({
        quotes: [sentence],
        rate_card: `${sow} roles`,
        role,
        rate: rate.replace(/,/g, ''),
      })),
    );
}

/** The sentences about the work, without those about money. */
function describe(body: string): string {
  return body
    .split(/(?<=\.)\s+/)
    .filter((sentence) => !sentence.includes('$'))
    .join(' ')
    .split(' ')
    .slice(0, 50)
    .join(' ');
}

function sentencesOf(text: string): readonly string[] {
  return text.split(/\n+|(?<=[.!?])\s+(?=[A-Z*])/).map((sentence) => sentence.trim());
}

function iso(written: string | undefined): string {
  const [, day = '', name = '', year = ''] = /^(\d{1,2}) (\w+) (\d{4})$/.exec(written ?? '') ?? [];
  if (day === '') return '';
  const names = month.slice(3, -1).split('|');
  return `${year}-${String(names.indexOf(name) + 1).padStart(2, '0')}-${day.padStart(2, '0')}`;
}
