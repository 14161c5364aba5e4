/** SOW import in the local host: the four sample documents, a PDF, an amendment. */
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleFirm } from '../../../local/world/sample-firm.ts';
import { openSession, type Session } from '../../../local/world/session.ts';
import { build } from '../../../scripts/build.mjs';
import type { SowWriteView } from '../../../src/lib/calls.ts';
import type { ConfirmedRow, ProposedRow, SowDocument, SowProposal } from '../../../src/lib/sow-import/model.ts';
import { pdfOf } from './pdf.ts';

const root = join(import.meta.dirname, '../../..');
const samples = join(root, 'samples');
const dist = mkdtempSync(join(tmpdir(), 'time-to-invoice-sow-'));
const truth = JSON.parse(readFileSync(join(samples, 'workbook.json'), 'utf8')) as {
  readonly 'SOW lines': readonly Readonly<Record<string, unknown>>[];
};
let session: Session;

const textOf = (sow: string) => readFileSync(join(samples, 'sows', `${sow}.md`), 'utf8');
const rowsOf = (tab: string) => session.host.workbook.rows(tab);
const get = async <T>(name: string, args: unknown): Promise<T> => {
  const answer = await session.ask(name, args);
  if (!answer.ok) throw new Error(answer.message);
  return answer.value as T;
};
const propose = (client: string, document: object, sow?: string) =>
  get<SowProposal>('sowPropose', {
    client,
    document: { fromPdf: false, ...document },
    ...(sow === undefined ? {} : { sow }),
  });
const write = ({ client, sow, document, amendment, rows }: SowProposal, only = (_: ProposedRow) => true) =>
  get<{ readonly written: string }>('sowWrite', {
    client,
    sow,
    document,
    addText: amendment,
    rows: rows.filter(only).map(
      ({ tab, key, fields }): ConfirmedRow => ({
        tab,
        key,
        cells: Object.fromEntries(fields.filter((f) => f.problem === '').map((f) => [f.property, f.value])),
      }),
    ),
  });
const cell = (row: ProposedRow | undefined, header: string) =>
  row?.fields.find((field) => field.header === header)?.value;

beforeAll(async () => {
  await build();
  cpSync(join(root, 'dist'), dist, { recursive: true });
  const firm = sampleFirm(samples);
  session = await openSession(
    { ...firm, workbook: { ...firm.workbook, SOWs: [], 'SOW lines': [], Rates: [] }, documents: {} },
    { dist },
  );
});
afterAll(async () => {
  await session.close();
  rmSync(dist, { recursive: true });
});

describe('the sample documents', () => {
  it.each([
    ['BHS-10', 'Brightharbor Schools', 5],
    ['BHS-11', 'Brightharbor Schools', 4],
    ['TWD-20', 'Tideline Water District', 6],
    ['PRA-30', 'Pommel & Reed Architects', 5],
  ])('%s: every line is proposed, and every amount is as the document has it', async (sow, client, count) => {
    const proposal = await propose(client, { name: `${sow}.md`, text: textOf(sow) });
    expect(proposal).toMatchObject({ sow, client, amends: false });
    const lines = proposal.rows.filter((row) => row.tab === 'SOW lines');
    expect(lines.map((row) => row.key)).toEqual(Array.from({ length: count }, (_, at) => `${sow}/${at + 1}`));
    for (const row of lines) {
      expect(row.quotes.every((quote) => quote.stands)).toBe(true);
      const real = truth['SOW lines'].find((one) => one['Line'] === row.key);
      for (const header of ['Rate', 'Included hours', 'Cap hours', 'Markup %']) {
        const value = cell(row, header) ?? '';
        // What is proposed is right; what the document states elsewhere is left to the person.
        if (value !== '' && value !== 0) expect([row.key, header, value]).toEqual([row.key, header, real?.[header]]);
      }
    }
    expect(rowsOf('SOWs').some((row) => row['SOW'] === sow)).toBe(false);
    expect(String(rowsOf('Activity').at(-1)?.['After'])).toMatch(
      /^1 request to Claude, \d+ tokens in, \d+ out, \$0\.0\d+/,
    );
  });

  it('a fee that the model multiplied is left empty, and says so', async () => {
    const { rows } = await propose('Tideline Water District', { name: 'TWD-20.md', text: textOf('TWD-20') });
    const fee = rows.find((row) => row.key === 'TWD-20/5')?.fields.find((field) => field.header === 'Fee');
    expect(fee).toMatchObject({
      value: '',
      problem: 'The model said "16000", but it does not stand in a quoted sentence.',
    });
  });

  it('what is confirmed is written, with the text, and nothing else', async () => {
    const proposal = await propose('Brightharbor Schools', { name: 'BHS-10.md', text: textOf('BHS-10') });
    const { written } = await write(proposal, (row) => row.key !== 'BHS-10/4');
    expect(written).toBe('the SOW, 4 SOW lines');
    expect(rowsOf('SOWs')[0]).toMatchObject({
      SOW: 'BHS-10',
      Client: 'Brightharbor Schools',
      Starts: '2026-08-17',
      Ends: '2026-12-18',
    });
    expect(
      rowsOf('SOW lines').map((row) => [row['Line'], row['Billing'], row['Rate'], row['Fee'], row['Cap hours']]),
    ).toEqual([
      ['BHS-10/1', 'milestone', '', 16000, ''],
      ['BHS-10/2', 'milestone', '', 22000, ''],
      ['BHS-10/3', 'hourly', 140, '', 80],
      ['BHS-10/5', 'hourly', 150, '', 60],
    ]);
    expect(rowsOf('SOW texts').map((row) => row['Text'])).toEqual([textOf('BHS-10').trim()]);
    expect(rowsOf('Activity').at(-1)).toMatchObject({ What: 'SOW imported', Where: 'BHS-10' });
  });

  it('the same document again changes nothing', async () => {
    const again = await propose('Brightharbor Schools', { name: 'BHS-10.md', text: textOf('BHS-10') });
    expect(again.rows.filter((row) => row.kind !== 'same').map((row) => [row.key, row.kind])).toEqual([
      ['BHS-10/4', 'new'],
    ]);
  });
});

describe('an amendment', () => {
  const text = `Amendment 1 to BHS-10

The rate of line BHS-10/3 is $155 per hour from 1 November 2026. The line BHS-10/5 is extended to 29 January 2027.`;

  it('shows old and new values with the day, writes only what is confirmed, and keeps both texts', async () => {
    const proposal = await propose('Brightharbor Schools', { name: 'Amendment 1', text }, 'BHS-10');
    const changes = proposal.rows.filter((row) => row.kind === 'change' && row.tab === 'SOW lines');
    expect(
      changes.map((row) => [row.key, row.holdsFrom, row.fields.map((f) => [f.header, f.before, f.value])]),
    ).toEqual([
      ['BHS-10/3', '2026-11-01', [['Rate', 140, 155]]],
      ['BHS-10/5', '', [['Ends', '', '2027-01-29']]],
    ]);
    expect(changes[0]).toMatchObject({ doubtful: true, splitFrom: '2026-11-01' });
    expect(changes[1]).toMatchObject({ doubtful: false, splitFrom: '' });
    await write(proposal, (row) => row.key === 'BHS-10/5');
    const line = (key: string) => rowsOf('SOW lines').find((row) => row['Line'] === key);
    expect(line('BHS-10/3')).toMatchObject({ Rate: 140, 'Cap hours': 80 });
    expect(line('BHS-10/5')).toMatchObject({ Rate: 150, Ends: '2027-01-29' });
    expect(
      rowsOf('SOW texts')
        .map((row) => row['Text'])
        .join(''),
    ).toBe(`${textOf('BHS-10').trim()}\n\n# Amendment 1\n\n${text}`);
  });
});

describe('an import that is taken back', () => {
  const tabs = () => ['SOWs', 'SOW lines', 'Rates', 'SOW texts'].map((tab) => rowsOf(tab));
  const bare = (of: ReturnType<typeof tabs>) => of.map((rows) => rows.map(({ Added: _, ...row }) => row));
  const text = '# Amendment\n\nThe line BHS-10/3 is $165 per hour.\n\n**BHS-10/8 Extra.** Fixed fee, $700.';
  const lines = [
    { tab: 'SOW lines', key: 'BHS-10/3', cells: { rate: 165 } },
    { tab: 'SOW lines', key: 'BHS-10/8', cells: { title: 'Extra', billing: 'milestone', fee: 700 }, isNew: true },
  ];
  const client = 'Brightharbor Schools';
  const imported = (sow: string, rows: readonly object[], addText: boolean) =>
    get<SowWriteView>('sowWrite', { client, sow, document: { name: 'x', text, fromPdf: false }, addText, rows });

  it('leaves the tabs and the text as they were', async () => {
    const before = tabs();
    const { undo, written } = await imported('BHS-10', lines, true);
    expect(written).toBe('2 SOW lines');
    expect(tabs()).not.toEqual(before);
    await get('sowUndo', undo);
    expect(bare(tabs())).toEqual(bare(before));
    // Pressed twice, as after a lost answer, it changes nothing more.
    await get('sowUndo', undo);
    expect(bare(tabs())).toEqual(bare(before));
    const fresh = await imported('UNDO-1', [{ ...lines[1], key: 'UNDO-1/1' }], false);
    await get('sowUndo', fresh.undo);
    expect(bare(tabs())).toEqual(bare(before));
    expect(rowsOf('Activity').at(-1)).toMatchObject({ What: 'SOW import taken back', Where: 'UNDO-1' });
  });

  it('does nothing where somebody has changed a row since, and says which', async () => {
    const { undo } = await imported('BHS-10', lines, true);
    const rows = rowsOf('SOW lines');
    session.host.workbook.setRows(
      'SOW lines',
      rows.map((row) => (row['Line'] === 'BHS-10/3' ? { ...row, Rate: 170 } : row)),
    );
    const changed = tabs();
    expect(await session.ask('sowUndo', undo)).toMatchObject({
      ok: false,
      message: 'Nothing was taken back. Tab SOW lines, BHS-10/3: changed since (Rate). Mend the tabs by hand.',
    });
    expect(tabs()).toEqual(changed);
    session.host.workbook.setRows('SOW lines', rows);
    await get('sowUndo', undo);
  });
});

describe('a PDF', () => {
  it('is read to text first, by pages, and quotes are looked up in that text', async () => {
    const pages = textOf('BHS-11')
      .split(/(?=^## )/m)
      .slice(0, 7);
    const document = await get<SowDocument>('sowRead', { name: 'BHS-11.pdf', pdfBase64: pdfOf(pages) });
    const proposal = await propose('Brightharbor Schools', document);
    expect(proposal.document.fromPdf).toBe(true);
    expect(proposal.notes.join()).toContain('what Claude read in the PDF');
    expect(proposal.document.text).toContain('Hours above 30 are charged at $125');
    expect(proposal.document.text).toContain('## Priorities');
    const desk = proposal.rows.find((row) => row.key === 'BHS-11/1');
    expect(['Billing', 'Fee', 'Included hours', 'Rate'].map((header) => cell(desk, header))).toEqual([
      'retainer',
      3900,
      30,
      125,
    ]);
    expect(desk?.quotes.every((quote) => quote.stands)).toBe(true);
  });
});

describe('a PDF that a browser printed', () => {
  it('is read, with its paragraphs whole', async () => {
    const pdfBase64 = readFileSync(join(import.meta.dirname, 'printed.pdf')).toString('base64');
    const document = await get<SowDocument>('sowRead', { name: 'printed.pdf', pdfBase64 });
    const { rows } = await propose('Brightharbor Schools', document);
    const lines = rows.filter((row) => row.tab === 'SOW lines');
    expect(lines.map((row) => row.key)).toEqual(['BHS-11/1', 'BHS-11/2', 'BHS-11/3', 'BHS-11/4']);
    expect(cell(lines[0], 'Fee')).toBe(3900);
    expect(cell(lines[0], 'Included hours')).toBe(30);
    expect(lines.every((row) => row.quotes.every(({ stands }) => stands))).toBe(true);
  });
});

describe('what cannot be imported', () => {
  it.each([
    ['a client that is not there', 'Nobody', { name: 'x', text: 'Text' }, undefined, 'There is no client "Nobody"'],
    ['an empty document', 'Brightharbor Schools', { name: 'x', text: ' \n ' }, undefined, 'The document has no text'],
    [
      'an amendment of nothing',
      'Brightharbor Schools',
      { name: 'x', text: 'Text' },
      'BHS-99',
      'There is no SOW "BHS-99"',
    ],
    ['a novel', 'Brightharbor Schools', { name: 'x', text: 'word '.repeat(80_000) }, undefined, 'at most 350000'],
  ])('%s is refused with a sentence', async (_, client, document, sow, sentence) => {
    const args = { client, document: { ...document, fromPdf: false }, ...(sow === undefined ? {} : { sow }) };
    const answer = await session.ask('sowPropose', args);
    expect(answer).toMatchObject({ ok: false, message: expect.stringContaining(sentence) });
  });

  it('a scan without text is refused with a sentence', async () => {
    const answer = await session.ask('sowRead', { name: 'x', pdfBase64: pdfOf(['']) });
    expect(answer).toMatchObject({
      ok: false,
      message: expect.stringMatching(/^No text could be read in x: .* paste the text/),
    });
  });

  it('a PDF that Claude does not answer about says what else can be done', async () => {
    session.claude.addFault({ service: 'claude', request: 'POST /messages', fault: 'status 529' });
    const answer = await session.ask('sowRead', { name: 'x', pdfBase64: pdfOf(['Text']) });
    session.claude.heal();
    expect(answer).toMatchObject({
      ok: false,
      message:
        'Claude is not available (status 529). Nothing was written. Try again in a few minutes, or paste its text.',
    });
  });

  it('a cell that its column does not take leaves everything as it was', async () => {
    const before = rowsOf('SOW lines');
    const answer = await session.ask('sowWrite', {
      client: 'Brightharbor Schools',
      sow: 'BHS-10',
      document: { name: 'x', text: 'x', fromPdf: false },
      addText: false,
      rows: [{ tab: 'SOW lines', key: 'BHS-10/9', cells: { billing: 'by the moon', rate: -5 } }],
    });
    expect(answer).toMatchObject({
      ok: false,
      message: expect.stringContaining(
        'Tab SOW lines, BHS-10/9, column Billing: found "by the moon"; allowed is one of hourly, tiered,',
      ),
    });
    expect(rowsOf('SOW lines')).toEqual(before);
  });

  it('terms that Status would complain of are refused by the server too, and leave everything as it was', async () => {
    const before = rowsOf('SOW lines');
    const document = { name: 'x', text: 'x', fromPdf: false };
    const rows = [{ tab: 'SOW lines', key: 'BHS-10/3', cells: { billing: 'milestone', rate: '' } }];
    const args = { client: 'Brightharbor Schools', sow: 'BHS-10', document, addText: true, rows };
    expect(await session.ask('sowWrite', args)).toMatchObject({
      ok: false,
      message: expect.stringMatching(/Tab SOW lines, BHS-10\/3, column Fee: found nothing; .* Nothing was written/),
    });
    expect(rowsOf('SOW lines')).toEqual(before);
  });

  it.each([
    ['a negative fee', { fee: -5 }, 'column Fee: found -5; allowed is a number from 0 up, or empty.'],
    ['a number as text', { fee: '12' }, 'column Fee: found "12"; allowed is a number from 0 up, or empty (this number'],
    ['a day that is none', { ends: '2026-02-30' }, 'column Ends: found "2026-02-30"; allowed is a date'],
    ['half a per cent', { markupPercent: 0.1 }, '10 stands for ten per cent, so type 10 for 0.1'],
    ['no billing', { billing: '' }, 'column Billing: found nothing; allowed is one of hourly'],
    ['another SOW', { sow: 'BHS-11' }, 'there is no column for sow'],
    ['a column of ours', { document: 'x' }, 'there is no column for document'],
  ])('an edited cell is checked again whatever the sidebar says: %s', async (_, cells, sentence) => {
    const before = [rowsOf('SOWs'), rowsOf('SOW lines')];
    const rows = [{ tab: 'SOW lines', key: 'BHS-10/9', cells, edited: cells, isNew: true }];
    const document = { name: 'x', text: 'x', fromPdf: false };
    const args = { client: 'Brightharbor Schools', sow: 'BHS-10', document, addText: true, rows };
    expect(await session.ask('sowWrite', args)).toMatchObject({
      ok: false,
      message: expect.stringContaining(sentence),
    });
    expect([rowsOf('SOWs'), rowsOf('SOW lines')]).toEqual(before);
  });

  it('an edited cell, a row added by hand and one left out are told in Activity', async () => {
    const document = { name: 'EDIT-1.md', text: 'EDIT-1. Fee $900.', fromPdf: false };
    const args = {
      client: 'Brightharbor Schools',
      sow: 'EDIT-1',
      document,
      addText: false,
      rows: [
        {
          tab: 'SOW lines',
          key: 'EDIT-1/1',
          cells: { billing: 'milestone', fee: 800 },
          edited: { fee: 900 },
          isNew: true,
        },
        { tab: 'SOW lines', key: 'EDIT-1/2', cells: { title: 'Help', rate: 120 }, isNew: true, byHand: true },
      ],
      leftOut: ['SOW lines EDIT-1/3'],
    };
    await get('sowWrite', args);
    const told = rowsOf('Activity').slice(-3);
    expect(told.map((row) => [row['What'], row['Where'], row['Before'], row['After']])).toEqual([
      ['SOW import: edited', 'SOW lines EDIT-1/1', 'Fee: 900', 'Fee: 800'],
      ['SOW import: added by hand', 'SOW lines EDIT-1/2', '', 'Title: Help; Rate: 120'],
      ['SOW imported', 'EDIT-1', '', 'the SOW, 2 SOW lines, from EDIT-1.md; left out: SOW lines EDIT-1/3'],
    ]);
    // The same again, as after a lost answer, changes nothing; a row that stands there with other terms is not overwritten.
    const before = rowsOf('SOW lines');
    await get('sowWrite', args);
    expect(rowsOf('SOW lines')).toEqual(before);
    const other = { ...args, rows: [{ tab: 'SOW lines', key: 'edit-1/2', cells: { rate: 1 }, isNew: true }] };
    expect(await session.ask('sowWrite', other)).toMatchObject({
      ok: false,
      message: expect.stringContaining('"edit-1/2" stands there already, with other terms'),
    });
  });

  it('a document that takes Claude longer than a request may take says how to import it in parts', async () => {
    const before = rowsOf('SOW lines');
    const asked = session.claude.requests();
    session.claude.addFault({ service: 'claude', request: 'POST /messages', fault: 'timeout after commit' });
    const answer = await session.ask('sowPropose', {
      client: 'Brightharbor Schools',
      document: { name: 'long.md', text: textOf('BHS-10'), fromPdf: false },
    });
    session.claude.heal();
    expect(answer).toMatchObject({ ok: false, message: expect.stringMatching(/about a minute.*Import it in parts/) });
    // Each try costs money and a minute: two, not four.
    expect(session.claude.requests() - asked).toBe(2);
    expect(rowsOf('SOW lines')).toEqual(before);
  });

  it('a further part of a document adds its lines and its text to the same SOW', async () => {
    const [first, second] = [
      '# Statement of Work PART-1\n\n**PART-1/1 Plan.** Fixed fee, $900.',
      '**PART-1/2 Help.** $120 per hour, at most 80 hours.',
    ];
    const client = 'Pommel & Reed Architects';
    await write(await propose(client, { name: 'Part 1', text: first }));
    const more = await propose(client, { name: 'Part 2', text: second }, 'PART-1');
    expect(more.rows.filter((row) => row.tab === 'SOW lines').map((row) => [row.key, row.kind])).toEqual([
      ['PART-1/2', 'new'],
    ]);
    await write(more);
    const lines = rowsOf('SOW lines').filter((row) => row['SOW'] === 'PART-1');
    expect(lines.map((row) => [row['Line'], row['Fee'], row['Rate']])).toEqual([
      ['PART-1/1', 900, ''],
      ['PART-1/2', '', 120],
    ]);
    const text = rowsOf('SOW texts').filter((row) => row['SOW'] === 'PART-1');
    expect(text.map((row) => row['Text'])).toEqual([`${first}\n\n# Part 2\n\n${second}`]);
  });

  it('a long document is stored in pieces under the limit of a cell', async () => {
    const text = `# Statement of Work LONG-1\n\n${'The work is described at length. '.repeat(4_000)}`;
    const proposal = await propose('Pommel & Reed Architects', { name: 'long.md', text });
    await write(proposal);
    const pieces = rowsOf('SOW texts').filter((row) => row['SOW'] === 'LONG-1');
    expect(pieces.length).toBe(3);
    expect(pieces.map((row) => String(row['Text'])).every((piece) => piece.length <= 45_000)).toBe(true);
    expect(pieces.map((row) => row['Text']).join('')).toBe(text.trim());
  });
});
