import { describe, expect, it } from 'vitest';
import { rowsToWrite } from '../../../src/lib/sow-import/confirmed.ts';
import { BLANK_LINE, BLANK_RATE, BLANK_SOW, editableColumn } from '../../../src/lib/sow-import/fields.ts';
import type { ConfirmedRow } from '../../../src/lib/sow-import/model.ts';
import { propose, type StandingRows } from '../../../src/lib/sow-import/propose.ts';
import { readPages, readProposal } from '../../../src/lib/sow-import/read-answer.ts';
import { proposalRequest } from '../../../src/lib/sow-import/request.ts';
import { storeText } from '../../../src/lib/sow-import/stored-text.ts';
import { cellOf, decodeTyped } from '../../../src/lib/sow-import/typed.ts';
import { keyOf, rates } from '../../../src/lib/workbook/tables.ts';
import { bookOf } from './book.ts';

const text =
  'A-1. The Plan costs $16,000 and ends on 9 October 2026. Help is $140 per hour, at most 80 hours. Order 77-X.';
const bookFrom = ({ SOWs, 'SOW lines': lines }: StandingRows) => bookOf({ sows: SOWs as never, lines: lines as never });
const nothing: StandingRows = { SOWs: [], 'SOW lines': [], Rates: [] };
const proposed = (answer: unknown, standing = nothing, sow = '') => {
  const said = readProposal(JSON.stringify(answer)) ?? [];
  return propose(said, {
    client: 'Acme',
    sow,
    document: { name: 'A', text, fromPdf: false },
    book: bookFrom(standing),
  });
};
const oneLine = (line: Readonly<Record<string, unknown>>, standing = nothing) =>
  proposed({ sows: [{ sow: 'A-1', quotes: [] }], lines: [line], rates: [] }, standing).rows.find(
    (row) => row.tab === 'SOW lines',
  );
const PLAN = 'The Plan costs $16,000 and ends on 9 October 2026.';
const HELP = 'Help is $140 per hour, at most 80 hours.';

describe('a proposed cell', () => {
  it.each([
    ['an amount that its quote states', { fee: '16000', quotes: [PLAN] }, 'fee', 16000],
    ['an amount as the document writes it', { fee: '$16,000', quotes: [PLAN] }, 'fee', 16000],
    ['an amount that was computed', { fee: '8000', quotes: [PLAN] }, 'fee', ''],
    ['an amount from another sentence', { fee: '16000', quotes: [HELP] }, 'fee', ''],
    ['an amount with an invented quote', { fee: '9000', quotes: ['The Plan costs $9,000.'] }, 'fee', ''],
    ['an amount without a quote', { fee: '16000', quotes: [] }, 'fee', ''],
    ['a day that its quote states', { ends: '2026-10-09', quotes: [PLAN] }, 'ends', '2026-10-09'],
    ['a day that it does not', { ends: '2026-10-31', quotes: [PLAN] }, 'ends', ''],
    ['no day at all', { ends: 'soon', quotes: [PLAN] }, 'ends', ''],
    ['a word of the list', { billing: 'Hourly', quotes: [HELP] }, 'billing', 'hourly'],
    ['another word', { billing: 'per piece', quotes: [HELP] }, 'billing', ''],
    ['a rate card that nobody knows', { rate: 'Gold card', quotes: [HELP] }, 'rate', ''],
    [
      'words with a number that the document never states',
      { description: 'Up to 90 pages', quotes: [] },
      'description',
      '',
    ],
  ])('%s', (_, said, property, value) => {
    const field = oneLine({ line: 'A-1/1', ...said })?.fields.find((one) => one.property === property);
    expect(field?.value).toBe(value);
    expect(field?.problem === '').toBe(value !== '');
  });

  it('marks a quote that does not stand in the document', () => {
    const row = oneLine({ line: 'A-1/1', title: 'Plan', quotes: [PLAN, 'It is free.'] });
    expect(row?.quotes.map((quote) => quote.stands)).toEqual([true, false]);
    expect(row?.notes).toContain('A quoted sentence does not stand in the document.');
  });

  it('takes "at cost" for a markup of nothing, and a nought nowhere else', () => {
    const cost = { name: 'A', text: 'Parts are charged at cost.', fromPdf: false };
    const said = readProposal(
      JSON.stringify({
        lines: [{ line: '1', billing: 'expense', markup_percent: '0', fee: '0', quotes: [cost.text] }],
      }),
    );
    const row = propose(said ?? [], { client: 'Acme', sow: 'A-1', document: cost, book: bookOf({}) }).rows[0];
    expect(row?.key).toBe('A-1/1');
    expect(row?.fields.find((field) => field.property === 'markupPercent')?.value).toBe(0);
  });
});

describe('rows that stand in the workbook', () => {
  const line = { ...BLANK_LINE, line: 'A-1/2', sow: 'A-1', title: 'Help', rate: 120, capHours: 80 };
  const standing: StandingRows = {
    SOWs: [{ ...BLANK_SOW, sow: 'A-1', client: 'Acme' }],
    'SOW lines': [line],
    Rates: [],
  };

  it('show old and new value, and what the document does not state stays', () => {
    const row = oneLine({ line: 'a-1/2', title: 'Help', rate: '140', cap_hours: '', quotes: [HELP] }, standing);
    expect(row).toMatchObject({ kind: 'change', fields: [{ header: 'Rate', before: 120, value: 140 }] });
  });

  it('are left alone where the document says the same', () => {
    expect(oneLine({ line: 'A-1/2', cap_hours: '80', quotes: [HELP] }, standing)).toMatchObject({
      kind: 'same',
      fields: [],
    });
  });

  it('keep every other cell when a change is written', () => {
    const rows = [{ tab: 'SOW lines', key: 'A-1/2', cells: { rate: 140 } }] as const;
    const { rows: written } = rowsToWrite({ client: 'Acme', sow: 'A-1', rows, document: '' }, standing);
    expect(written.sowLines).toEqual([{ ...line, rate: 140 }]);
    expect(written.sows).toEqual(standing.SOWs);
  });
});

describe('rows that a person edited', () => {
  const standing: StandingRows = {
    SOWs: [{ ...BLANK_SOW, sow: 'A-1', client: 'Acme' }],
    'SOW lines': [{ ...BLANK_LINE, line: 'A-1/2', sow: 'A-1', rate: 120 }],
    Rates: [
      { ...BLANK_RATE, rateCard: 'Card', role: 'Senior', rate: 150 },
      { ...BLANK_RATE, rateCard: 'Card', role: 'Partner', rate: 250 },
    ],
  };
  const written = (...rows: readonly ConfirmedRow[]) => {
    const result = rowsToWrite({ client: 'Acme', sow: 'A-1', rows, document: '' }, standing);
    return { rows: result.rows, problems: result.problems.map(({ sentence }) => sentence) };
  };
  const line = (cells: ConfirmedRow['cells'], key = 'A-1/9'): ConfirmedRow => ({
    tab: 'SOW lines',
    key,
    cells,
    isNew: true,
  });

  it('may fill in every column that people fill in, also those that no document states', () => {
    const { rows, problems } = written(line({ quickBooksItem: 'Consulting', prorate: 'yes', roundHours: '' }));
    expect(problems).toEqual(['Tab SOW lines, A-1/9: there is no column for roundHours that can be filled in here.']);
    expect(rows.sowLines[0]).toMatchObject({ quickBooksItem: 'Consulting', prorate: true });
  });

  it('may empty a cell; what may not be empty is refused as the tab refuses it', () => {
    expect(written({ tab: 'SOW lines', key: 'A-1/2', cells: { rate: '' } }).rows.sowLines[0]?.rate).toBe('');
    expect(
      written({ tab: 'Rates', key: 'x', cells: { rateCard: 'Card', role: 'Junior' }, isNew: true }).problems,
    ).toEqual(['Tab Rates, Card |  | Junior |  |  | , column Rate: found nothing; allowed is a number from 0 up.']);
  });

  it('may not bear the name of another row', () => {
    expect(written(line({ fee: 1 }), line({ fee: 2 }, 'a-1/9')).problems).toEqual([
      'Tab SOW lines: "a-1/9" would stand there twice.',
    ]);
    expect(written(line({ rate: 999 }, 'A-1/2')).problems.join()).toContain('"A-1/2" stands there already');
    expect(written(line({ rate: 120 }, 'A-1/2')).problems).toEqual([]);
  });

  it('of a rate that is given another role is a new rate, unless that one has a rate already', () => {
    const key = keyOf(rates, { ...BLANK_RATE, rateCard: 'Card', role: 'Senior' });
    expect(written({ tab: 'Rates', key, cells: { role: 'Junior' } }).rows.rates[0]).toMatchObject({
      role: 'Junior',
      rate: 150,
    });
    expect(written({ tab: 'Rates', key, cells: { role: 'Partner', rate: 1 } }).problems.join()).toContain(
      'stands there already',
    );
  });

  it('of another SOW are not written as this one', () => {
    expect(written({ tab: 'SOWs', key: 'B-1', cells: { cap: 5 } }).problems).toEqual(['The SOW B-1 is not A-1.']);
  });
});

describe('a cell that a person types', () => {
  it.each([
    ['fee', '12,500', 12500],
    ['fee', ' $1,200.50 ', 1200.5],
    ['fee', '', ''],
    ['rate', '140', 140],
    ['rate', 'Gold card', 'Gold card'],
    ['title', '007', '007'],
    ['ends', '2026-10-31', '2026-10-31'],
    ['prorate', 'YES', 'yes'],
  ])('%s "%s" is taken as the tab takes it', (property, typed, value) => {
    const column = editableColumn('SOW lines', property);
    const read = column && decodeTyped(column, typed);
    expect(read?.ok === true && column ? cellOf(column, read.value) : read).toBe(value);
  });

  it.each([
    ['fee', 'much', 'a number from 0 up, or empty'],
    ['fee', '-5', 'a number from 0 up, or empty'],
    ['fee', '1.234,50', 'a number from 0 up, or empty'],
    ['markupPercent', '10%', 'a number from 0 up, or empty; 10 stands for ten per cent, so type 10 for 0.1'],
    ['ends', '10/31/2026', 'a date such as 2026-10-14'],
    ['billing', '', 'one of hourly, tiered, retainer, covered, fixed monthly, milestone, expense, non-billable'],
  ])('%s "%s" is refused as the tab refuses it', (property, typed, allowed) => {
    const column = editableColumn('SOW lines', property);
    expect(column && decodeTyped(column, typed)).toEqual({ ok: false, allowed });
  });
});

it.each([
  ['not JSON', '{'],
  ['a list', '[]'],
  ['a text', '"x"'],
])('an answer that is %s is none', (_, answer) => {
  expect(readProposal(answer)).toBeNull();
  expect(readPages(answer)).toBeNull();
});

it('a SOW that the document does not name gets a name of its own', () => {
  const standing = { ...nothing, SOWs: [{ ...BLANK_SOW, sow: 'AC-1', client: 'Acme Corp' }] };
  const said = readProposal('{"lines":[{"line":"","title":"Plan","quotes":[]}]}') ?? [];
  const document = { name: 'A', text, fromPdf: false };
  expect(propose(said, { client: 'Acme Corp', sow: '', document, book: bookFrom(standing) }).sow).toBe('AC-2');
});

describe('the stored text', () => {
  const document = { name: 'B', text: 'Second', fromPdf: false };
  const stored = [
    { sow: 'A-1', part: 2, text: 'st', added: 1 },
    { sow: 'A-1', part: 1, text: 'Fir', added: 1 },
    { sow: 'A-2', part: 1, text: 'Other', added: 1 },
  ];

  it('of an amendment goes after the first, under its name', () => {
    const change = storeText('a-1', document, stored, { append: true, now: 5 });
    expect(change.rows.map((row) => row.text)).toEqual(['First\n\n# B\n\nSecond']);
    expect(change.surplus).toEqual([2]);
  });

  it('is replaced by a new one, and its surplus pieces go', () => {
    const change = storeText('A-1', document, stored, { append: false, now: 5 });
    expect(change).toMatchObject({ rows: [{ sow: 'A-1', part: 1, text: 'Second' }], surplus: [2] });
  });

  it('is not stored twice', () => {
    const again = storeText('A-2', { ...document, text: 'Other' }, stored, { append: true, now: 5 });
    expect(again).toMatchObject({ rows: [], surplus: [] });
  });
});

it('the schema keeps to what structured outputs take: at most 24 optional properties, nothing unsupported', () => {
  let optional = 0;
  const body = proposalRequest('claude-sonnet-5-5', { client: 'Acme', document: 'A', text, standing: null });
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    const { type, properties, required, additionalProperties } = node as Record<string, unknown>;
    if (type === 'object') {
      expect(additionalProperties).toBe(false);
      optional += Object.keys(properties as object).filter((name) => !(required as string[]).includes(name)).length;
    }
    // A property of a row may be called so; a keyword of a schema may not.
    if (typeof type === 'string') {
      for (const word of ['minLength', 'maxLength', 'minimum', 'maximum', 'maxItems', 'oneOf'])
        expect(Object.keys(node)).not.toContain(word);
    }
    Object.values(node).forEach(visit);
  };
  visit(body['output_config']);
  expect(optional).toBeGreaterThan(0);
  expect(optional).toBeLessThanOrEqual(24);
});
