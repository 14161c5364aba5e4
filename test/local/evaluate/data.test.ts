/** Labelled data as people and programs really write them. */
import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readLabelledData } from '../../../local/evaluate/data.ts';
import { type Bench, entryOf, type Fields, filesOf, lineOf, numbered, openBench, TWO_LINES } from './bench.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

const reportOf = (lines: readonly Fields[], entries: readonly Fields[]) =>
  bench.report('--data', bench.data(filesOf(lines, entries)), '--second', 'off');

describe('an entry comes through', () => {
  const odd: Readonly<Record<string, Fields>> = {
    'with labels that are null': { acceptable: null, ambiguous: null, difficulty: null, why: null },
    'without labels but gold': { acceptable: undefined, ambiguous: undefined, difficulty: undefined, why: undefined },
    'with an acceptable line outside a list': { acceptable: 'ACME-1/2' },
    'with a number as its id': { id: 17 },
    'with hours as text': { hours: '1.5' },
    'without project, task, role and person': { harvest_project: null, task: null, role: null, person: null },
    'with none of these fields': { harvest_project: undefined, task: undefined, role: undefined, person: undefined },
    'with a note that is null': { notes: null },
    'with a note that is a number': { notes: 4711 },
    'with a moment as its date': { date: '2026-10-05T09:30:00Z' },
    'with fields of its own': { invoice: { number: 7 }, tags: ['a'] },
    'of a client that no line has': { client: 'Somebody else', gold: 'none' },
    'on a day outside every line': { date: '2027-03-01', gold: 'none' },
    'that would be a formula in a cell': { client: '=1+1', notes: '=IMPORTXML("x")', gold: 'none' },
    'without an id': { id: null },
  };

  it.each(Object.entries(odd))('%s, as it is read', (_, fields) => {
    const { entries } = readLabelledData(bench.data(filesOf(TWO_LINES, [entryOf(fields)])));
    expect(entries).toHaveLength(1);
    expect(entries[0]).toMatchObject({ ambiguous: false, gold: fields['gold'] ?? 'ACME-1/1' });
  });

  it('with everything odd about it, to the report', async () => {
    const entries = Object.values(odd).map((fields, id) => entryOf({ id, ...fields }));
    const report = await reportOf(TWO_LINES, entries);
    expect(report.rows).toBe(entries.length);
    expect(report.flags['no candidate']).toBe(3);
    expect(report.byDifficulty['not said']?.rows).toBe(2);
  });

  it.each(['none', 'None', 'NONE', '', null])('whose gold is %j, which says none', (gold) => {
    const { entries } = readLabelledData(bench.data(filesOf(TWO_LINES, [entryOf({ gold })])));
    expect(entries[0]?.gold).toBe('none');
  });

  it('whose gold and acceptable lines are spelled in another case', () => {
    const entry = entryOf({ gold: 'acme-1/1', acceptable: ['acme-1/2', 'NONE'] });
    const { entries } = readLabelledData(bench.data(filesOf(TWO_LINES, [entry])));
    expect(entries[0]).toMatchObject({ gold: 'ACME-1/1', acceptable: ['ACME-1/2', 'none'] });
  });
});

describe('a line comes through', () => {
  it('with everything odd about it', async () => {
    const odd: readonly Fields[] = [
      { title: null, description: undefined, sow: 'ACME-1' },
      { starts: null, ends: undefined },
      { starts: '', ends: '9999-12-31' },
      { rate: 150, tags: null },
      { line: '10/1' },
      { line: 12, sow: 7 },
      { billing: 'time and materials' },
      { billing: null },
    ];
    // A client for each, so that each is the one line to choose from.
    const lines = odd.map((fields, index) =>
      lineOf({ client: `C${index}`, sow: `S${index}`, line: `L${index}`, ...fields }),
    );
    const entries = lines.map(({ client, line }, id) => entryOf({ id, client, gold: line }));
    const report = await reportOf(lines, entries);
    expect(report.correct).toBe(lines.length);
    const taken = report.notes.filter((note) => note.includes('taken as a line for time'));
    expect(taken[0]).toMatch(/lines\.json, item 7 \(L6\): billing: "time and materials" is none of fixed_fee, /);
    expect(taken).toHaveLength(2);
  });

  it.each([null, undefined, ''])('whose project is %j, for all projects of the client', async (harvest_project) => {
    const report = await reportOf(
      [lineOf({ harvest_project }), lineOf({ line: 'B/1', sow: 'B', harvest_project: 'Other' })],
      [entryOf({ harvest_project: 'Whatever' })],
    );
    expect(report.flags['project not in SOW']).toBeUndefined();
    expect(report.correct).toBe(1);
  });

  it('billed as pass-through, in any spelling, and takes no time', async () => {
    const lines = ['pass_through', 'Pass-through', 'PASS THROUGH'].map((billing, id) =>
      lineOf({ billing, line: `L${id}` }),
    );
    const report = await reportOf(lines, [entryOf({ gold: 'none' })]);
    expect(report.flags['no candidate']).toBe(1);
  });
});

describe('names', () => {
  it('of clients, projects and SOWs that differ in case are one', async () => {
    const lines = [lineOf(), lineOf({ line: 'ACME-1/2', client: 'ACME', sow: 'acme-1', harvest_project: 'WEBSITE' })];
    const entries = [entryOf(), entryOf({ id: 2, client: 'acme', harvest_project: 'website', notes: 'start page' })];
    const report = await reportOf(lines, entries);
    expect(report.rows).toBe(2);
    expect(report.flags['no candidate']).toBeUndefined();
    expect(report.flags['project not in SOW']).toBeUndefined();
  });

  it('of a SOW that two clients use leave each of them its lines', async () => {
    const lines = [lineOf(), lineOf({ client: 'Bolt', line: 'BOLT/1', harvest_project: 'App' })];
    const entries = [entryOf(), entryOf({ id: 2, client: 'Bolt', harvest_project: 'App', gold: 'BOLT/1' })];
    const report = await reportOf(lines, entries);
    expect(report.correct).toBe(2);
  });

  it('of clients that QuickBooks would not take do no harm', async () => {
    const client = `Acme: "North"\t${'x'.repeat(120)}`;
    const report = await reportOf([lineOf({ client })], [entryOf({ client })]);
    expect(report.correct).toBe(1);
  });

  it('of SOW files may differ in case from the SOW', async () => {
    const data = bench.data(filesOf([lineOf()], [entryOf()]));
    renameSync(join(data, 'sows/ACME-1.md'), join(data, 'sows/acme-1.MD'));
    const recorded = bench.place();
    expect(await bench.evaluate('--data', data, '--record', recorded)).toBe(0);
    const files = numbered(recorded, 'request');
    expect(files.length).toBe(2);
    expect(bench.said()).not.toContain('there is no text');
  });
});

describe('files', () => {
  it('may begin with a byte order mark, end lines with CRLF and hold blank lines', async () => {
    const files = filesOf(TWO_LINES, [entryOf(), entryOf({ id: 2, notes: 'start page' })]);
    const marked = Object.fromEntries(
      Object.entries(files).map(([name, text]) => [name, `\uFEFF${text.replaceAll('\n', '\r\n\r\n')}`]),
    );
    const report = await bench.report('--data', bench.data(marked), '--second', 'off');
    expect(report.rows).toBe(2);
  });

  it('that are not read are named: expenses, SOWs of no line, SOWs without text', async () => {
    const data = bench.data(filesOf([lineOf({ sow: 'B' })], [entryOf()]));
    writeFileSync(join(data, 'expenses.jsonl'), 'anything');
    const { notes } = await bench.report('--data', data, '--second', 'off');
    expect(notes.join('\n')).toContain('expenses.jsonl: not read');
    expect(notes.join('\n')).toContain('ACME-1.md: not read, no line belongs to this SOW');
    expect(notes.join('\n')).toContain('B.md: there is no text; the SOW goes without');
  });

  it('hold several months, all of which are evaluated', async () => {
    const days = ['2025-12-30', '2026-02-01', '2026-02-28', '2026-07-04', '2026-11-30'];
    const entries = days.map((date, index) => entryOf({ id: index, date, notes: `layout ${index}` }));
    const report = await reportOf([lineOf({ starts: null })], entries);
    expect(report.rows).toBe(5);
    expect(report.correct).toBe(5);
  });

  it('hold 2,000 entries, some of them alike', async () => {
    const entries = Array.from({ length: 2_000 }, (_, index) =>
      entryOf({
        id: index,
        date: `2026-10-${String((index % 28) + 1).padStart(2, '0')}`,
        notes: `layout ${index % 500}`,
      }),
    );
    const report = await reportOf(TWO_LINES, entries);
    expect(report.rows).toBe(2_000);
    expect(report.requests).toBe(50);
  }, 120_000);
});

describe('what cannot be meant is refused', () => {
  it('with file, place, what was found and what is allowed, all at once', async () => {
    const lines: readonly unknown[] = [
      lineOf({ starts: '2026-02-30' }),
      lineOf({ line: 'acme-1/1' }),
      lineOf({ line: 'X', client: null }),
      lineOf({ line: 'Y', starts: '2026-05-01', ends: '2026-04-01' }),
      'oops',
    ];
    const entries = [
      entryOf({ date: '2026-02-29' }),
      entryOf({ hours: 'two' }),
      entryOf({ id: 3, gold: 'Z' }),
      entryOf({ id: 4, gold: undefined }),
      entryOf({ id: 5 }),
      entryOf({ id: 5, gold: 'X' }),
      entryOf({ id: 6, ambiguous: 'perhaps' }),
    ];
    expect(await bench.evaluate('--data', bench.data(filesOf(lines, entries)), '--out', bench.place())).toBe(2);
    const said = bench.said().split('\n');
    const expected = [
      'lines.json, item 1 (ACME-1/1): starts: found "2026-02-30"; allowed: a day of the calendar such as 2026-10-31, or nothing',
      'lines.json, item 2 (acme-1/1): line: found "acme-1/1", which is the id of item 1 too; allowed: each only once',
      'lines.json, item 3 (X): client: found null; allowed: a text that is not empty',
      'lines.json, item 4 (Y): ends: found "2026-04-01"; allowed: a day not before starts, which is 2026-05-01',
      'lines.json, item 5: found "oops"; allowed: an object in { }',
      'entries.jsonl:1: date: found "2026-02-29"; allowed: a day of the calendar from 1990 to 2099, such as 2026-10-31',
      'entries.jsonl:2: hours: found "two"; allowed: a number of hours such as 1.5',
      'entries.jsonl:3: gold: found "Z"; allowed: the id of a line in lines.json, or none',
      'entries.jsonl:4: gold: found nothing; allowed: the id of a line, or none',
      'entries.jsonl:6: id: found "5", which is the id of line 5 too; allowed: each only once',
      'entries.jsonl:7: ambiguous: found "perhaps"; allowed: true or false, or nothing',
    ];
    expect(said).toHaveLength(expected.length);
    expected.forEach((words, index) => {
      expect(said[index]).toContain(words);
    });
  });

  it('without follow-up messages where lines.json cannot be read at all', async () => {
    const files = { ...filesOf([], [entryOf()]), 'lines.json': '[\n  {"sow": "A"\n' };
    expect(await bench.evaluate('--data', bench.data(files), '--out', bench.place())).toBe(2);
    expect(bench.said()).toMatch(/lines\.json: not JSON.*; allowed: a JSON list of lines$/);
  });
});
