/** Learning from months whose answers are known, in the local host: matched, compared, kept as examples and checked rows. */
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runSteps } from '../../../local/world/run-world.ts';
import { sampleFirm } from '../../../local/world/sample-firm.ts';
import { openSession, type Session } from '../../../local/world/session.ts';
import { build } from '../../../scripts/build.mjs';
import type { LearnDoneView, LearnView } from '../../../src/lib/learning/model.ts';

const root = join(import.meta.dirname, '../../..');
const dist = mkdtempSync(join(tmpdir(), 'time-to-invoice-learn-'));
const firm = sampleFirm(join(root, 'samples'));
let session: Session;

/** The labelled month, put into an earlier one where the lines were open already, as the firm would paste it. */
const csv = [
  'Date,Person,Client,Project,Task,Notes,Hours,SOW line',
  ...readFileSync(join(root, 'samples/entries.jsonl'), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Readonly<Record<string, string>>)
    .map((entry) =>
      [
        String(entry['date']).replace('2026-10', '2026-09'),
        entry['person'],
        entry['client'],
        entry['harvest_project'],
        entry['task'],
        entry['notes'],
        String(entry['hours']),
        entry['gold'],
      ]
        .map((cell) => `"${String(cell ?? '').replaceAll('"', '""')}"`)
        .join(','),
    ),
].join('\n');

const learn = async (text: string) => {
  const answer = await session.ask('learn', { csv: text });
  if (!answer.ok) throw new Error(answer.message);
  return answer.value as LearnView;
};
const done = async (name: 'learnUse' | 'learnDiscard' | 'learnForget') => {
  const answer = await session.ask(name);
  if (!answer.ok) throw new Error(answer.message);
  return answer.value as LearnDoneView;
};
const dashboard = () =>
  JSON.stringify(session.host.workbook.view('Dashboard', 1, 80).cells.map((row) => row.map((cell) => cell.text)));
const withExamples = (body: string) => body.includes('{\\"past_decisions');
const records = () => session.host.workbook.rows('Entry records');

beforeAll(async () => {
  await build();
  cpSync(join(root, 'dist'), dist, { recursive: true });
  session = await openSession(firm, { dist });
});
afterAll(async () => {
  await session.close();
  rmSync(dist, { recursive: true });
});

it('the past is matched without its answers, and the report says where both differ', async () => {
  const view = await learn(csv);
  // Two rows are the firm's own work, which it bills to nobody.
  expect(view.problems).toEqual(['Rows 52, 126: no line to compare: "Sable & Finch" is no client of the tab Clients.']);
  expect(view).toMatchObject({ rows: 158, left: 0 });
  expect(view.agree).toBeGreaterThan(100);
  expect(view.agree).toBeLessThan(158);
  expect(view.byClient.reduce((sum, one) => sum + one.rows, 0)).toBe(158);
  expect(view.differing).toHaveLength(158 - view.agree);
  expect(view.audited).toBeGreaterThan(0);
  // Nothing of it is used before a person says so.
  expect(view).toMatchObject({ pending: 158, used: 0, known: 0, skipped: 2 });
  expect(records().filter((row) => row['Audit'] !== '')).toEqual([]);
  for (const request of session.claude.log.filter((one) => one.path === '/v1/messages')) {
    expect(withExamples(request.body)).toBe(false);
  }
});

it('the same rows again are not asked about again, and give the same report', async () => {
  const before = session.claude.requests();
  const kept = records();
  const view = await learn(csv);
  expect(session.claude.requests()).toBe(before);
  expect(view).toMatchObject({ rows: 158, known: 158, replaced: 0 });
  expect(records()).toHaveLength(kept.length);
});

it('what was given again with another line replaces it, and says so', async () => {
  const other = csv.replace(/"BHS-11\/1"$/m, '"BHS-11/2"');
  expect(other).not.toBe(csv);
  expect(await learn(other)).toMatchObject({ rows: 158, known: 158, replaced: 1 });
  expect(await learn(csv)).toMatchObject({ known: 158, replaced: 1 });
});

it('discarded, nothing of it is left; given again it is asked about again', async () => {
  expect(await done('learnDiscard')).toEqual({ left: 0, pending: 0, used: 0, said: expect.any(String) });
  expect(records()).toEqual([]);
  await learn(csv);
});

it('used, it counts as examples and checked rows', async () => {
  const { said } = await done('learnUse');
  const audited = records().filter((row) => row['Audit'] !== '').length;
  expect(said).toContain(
    `158 rows of earlier months serve as examples from now on; ${audited} of them count as checked.`,
  );
  expect(audited).toBeGreaterThan(0);
  expect(await session.ask('learnUse')).toMatchObject({
    ok: false,
    message: 'No rows of earlier months wait to be used.',
  });
});

it('the month after it has them as examples and as checked rows', async () => {
  const { errors } = await runSteps(session, { ...firm, steps: [{ do: 'month-end', period: '2026-10' }] });
  expect(errors).toEqual([]);
  const asked = session.claude.log.filter((one) => one.path === '/v1/messages' && withExamples(one.body));
  const remembered = session.host.workbook
    .rows('Time entries')
    .filter((row) => /same|before|earlier/i.test(String(row['Reason'])));
  // The samples are the very notes that were learnt: most are decided by memory, the rest by models that see examples.
  expect(asked.length + remembered.length).toBeGreaterThan(0);
  expect(dashboard()).toMatch(/\d+ wrong in \d+ checked/);
});

it('forgotten, it is no example and no checked row any more, and the Dashboard says so at once; used again, too', async () => {
  await done('learnForget');
  expect(records().filter((row) => String(row['Record']).includes('past:'))).toEqual([]);
  expect(dashboard()).toContain('Nothing is proven yet');
  await learn(csv);
  expect(dashboard()).toContain('Nothing is proven yet');
  await done('learnUse');
  expect(dashboard()).toMatch(/\d+ wrong in \d+ checked/);
});

it('rows that the firm put into Time entries from before First period are learnt without pasting', async () => {
  const before = session.host.workbook.rows('Time entries');
  const added = {
    Key: 'import:1',
    Period: '2026-09',
    Date: '2026-09-03',
    Person: 'Ivy Thornton',
    Client: 'Brightharbor Schools',
    Project: 'Brightharbor Help Desk',
    Task: 'Support',
    Notes: 'password reset for the new teacher',
    Hours: 1,
    'SOW line': 'BHS-11/1',
    Status: 'excluded',
  };
  session.host.workbook.setRows('Time entries', [...before, added]);
  const view = await learn('');
  expect(view).toMatchObject({ rows: 1, byLine: [{ name: 'BHS-11/1', rows: 1 }] });
  session.host.workbook.setRows('Time entries', before);
  await done('learnDiscard');
});

it.each([
  [
    'a table without lines',
    'Date,Client,Notes,SOW line\n2026-09-01,Brightharbor Schools,x,',
    'Nothing can be learnt from this. Row 2: there is no SOW line',
  ],
  ['a table without headers', '1,2,3', 'The table has no column'],
  ['nothing, with nothing in Time entries either', '', 'There is no row with a SOW line'],
])('%s is refused with a sentence', async (_, text, sentence) => {
  expect(await session.ask('learn', { csv: text })).toMatchObject({
    ok: false,
    message: expect.stringContaining(sentence),
  });
});

it('more rows than one call takes wait in the workbook, and are gone on with without being pasted again', async () => {
  const [head = '', ...rows] = csv.split('\n');
  // Another person makes another row of the same work.
  const by = (name: string) => rows.map((row) => row.replace(/^"([^"]*)","([^"]*)"/, `"$1","$2 ${name}"`));
  const many = [head, ...by('Junior'), ...by('Senior'), ...by('the Third')].join('\n');
  const before = session.claude.requests();
  const first = await learn(many);
  expect(first.rows + first.left).toBe(474);
  expect(first.left).toBeGreaterThan(0);
  const asked = session.claude.requests() - before;
  // The sidebar was closed: what waits is known, and the second go needs no table.
  expect(await session.ask('learnLeft')).toMatchObject({ ok: true, value: { left: first.left } });
  const second = await learn('');
  expect(second.left).toBe(0);
  expect(second.rows).toBeGreaterThanOrEqual(474);
  expect(session.claude.requests() - before).toBeLessThan(2 * asked);
  expect(await session.ask('learnLeft')).toMatchObject({ ok: true, value: { left: 0 } });
});

it('rows wait also when the models cannot be reached at all', async () => {
  const text = 'Date,Client,Notes,SOW line\n2026-09-03,Brightharbor Schools,new notes of the outage,BHS-11/1';
  session.claude.addFault({ service: 'claude', request: 'POST /messages', fault: 'status 529' });
  expect(await session.ask('learn', { csv: text })).toMatchObject({ ok: false });
  session.claude.heal();
  expect(await session.ask('learnLeft')).toMatchObject({ ok: true, value: { left: 1 } });
  expect((await learn('')).left).toBe(0);
});
