/** `npm run evaluate` on the samples: with the stand-in, recorded, and replayed. */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { main } from '../../../local/commands/evaluate.ts';
import { openStandIn } from '../../../local/evaluate/exchange.ts';
import type { Report } from '../../../local/evaluate/report.ts';
import { build } from '../../../scripts/build.mjs';

const root = join(import.meta.dirname, '../../..');
const samples = join(root, 'samples');
const folder = mkdtempSync(join(tmpdir(), 'time-to-invoice-evaluate-'));
const dist = join(folder, 'dist');
let said: string[] = [];

const evaluate = (...args: readonly string[]) => main(args, dist);
const inFolder = (name: string) => join(folder, name);
const reportIn = (name: string) => JSON.parse(readFileSync(inFolder(name), 'utf8')) as Report;

beforeAll(async () => {
  await build();
  cpSync(join(root, 'dist'), dist, { recursive: true });
  vi.stubEnv('ANTHROPIC_API_KEY', '');
  vi.spyOn(console, 'log').mockImplementation((text: string) => {
    said.push(text);
  });
  vi.spyOn(console, 'error').mockImplementation((text: string) => {
    said.push(text);
  });
});
beforeEach(() => {
  said = [];
});
afterAll(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

describe('the samples', () => {
  it('are answered by the stand-in where there is no key, which the report says', async () => {
    expect(await evaluate('--data', samples, '--out', inFolder('stand-in.json'))).toBe(0);
    const report = reportIn('stand-in.json');
    expect(report.answeredBy).toContain('stand-in');
    expect(report.rows).toBe(160);
    expect(report.accuracy).toBeGreaterThan(0.6);
    expect(report.accepted).toBeGreaterThan(0);
    expect(report.ambiguous.rows).toBe(13);
    expect(report.decisions).toBeLessThanOrEqual(160 - report.accepted);
    expect(report.wrongAccepted).toHaveLength(report.wrongAmongAccepted);
    expect(report.tokens.output).toBeGreaterThan(0);
    expect(report.costUsd).toBeGreaterThan(0);
    expect(said.join('\n')).toContain(report.errorInWords);
  });

  it('give the same numbered requests each time, without labels in them', async () => {
    expect(await evaluate('--data', samples, '--record', inFolder('recorded'))).toBe(0);
    expect(await evaluate('--data', samples, '--record', inFolder('again'))).toBe(0);
    const names = readdirSync(inFolder('recorded'));
    expect(names[0]).toBe('0001.request.json');
    expect(readdirSync(inFolder('again'))).toEqual(names);
    for (const name of names) {
      const text = readFileSync(join(inFolder('recorded'), name), 'utf8');
      expect(readFileSync(join(inFolder('again'), name), 'utf8')).toBe(text);
      expect(text).not.toMatch(/gold|acceptable|ambiguous|adversarial/);
    }
  });

  it('say which responses are missing', async () => {
    expect(await evaluate('--data', samples, '--replay', inFolder('recorded'), '--out', inFolder('x.json'))).toBe(2);
    expect(said.join('\n')).toContain('0001.response.json: there is no such file');
  });

  it('come to the same report when the same answers are replayed', async () => {
    const models = { first: 'claude-haiku-5-5', second: 'claude-sonnet-5-5' };
    const standIn = await openStandIn(models);
    for (const name of readdirSync(inFolder('recorded'))) {
      const response = await standIn.answer(readFileSync(join(inFolder('recorded'), name), 'utf8'));
      writeFileSync(join(inFolder('recorded'), name.replace('request', 'response')), response ?? '');
    }
    await standIn.close();
    expect(await evaluate('--data', samples, '--replay', inFolder('recorded'), '--out', inFolder('replay.json'))).toBe(
      0,
    );
    // Tokens from the cache depend on which request came first.
    const comparable = ({ answeredBy: _, tokens, costUsd: __, ...rest }: Report) => ({ ...rest, out: tokens.output });
    expect(comparable(reportIn('replay.json'))).toEqual(comparable(reportIn('stand-in.json')));
  });

  it('flag what a recorded response leaves out', async () => {
    cpSync(inFolder('recorded'), inFolder('short'), { recursive: true });
    const file = join(inFolder('short'), '0001.response.json');
    const response = JSON.parse(readFileSync(file, 'utf8'));
    const at = response.content.findIndex((block: { readonly type: string }) => block.type === 'text');
    const { answers } = JSON.parse(response.content[at].text);
    response.content[at].text = JSON.stringify({ answers: answers.slice(0, 5) });
    writeFileSync(file, JSON.stringify(response));
    expect(await evaluate('--data', samples, '--replay', inFolder('short'), '--out', inFolder('short.json'))).toBe(0);
    const report = reportIn('short.json');
    expect(report.unansweredRequests).toBe(1);
    expect(report.followUps).toHaveLength(1);
    expect(report.flags['not answered']).toBe(answers.length - 5);
    expect(report.accepted).toBeLessThanOrEqual(reportIn('replay.json').accepted);
  });
});

describe('what cannot be used is named', () => {
  it('a recorded request that is no longer the one that would be sent', async () => {
    const place = inFolder('stale');
    cpSync(inFolder('recorded'), place, { recursive: true });
    const file = join(place, '0003.request.json');
    writeFileSync(file, readFileSync(file, 'utf8').replace('max_tokens":16000', 'max_tokens":15000'));
    expect(await evaluate('--data', samples, '--replay', place, '--out', inFolder('x.json'))).toBe(2);
    expect(said.join('\n')).toContain('0003.request.json: not the request that would be sent now (max_tokens differs)');
  });

  it.each([
    ['a folder that is not there', {}, '', ['--data', '/nowhere'], 'there is no such folder'],
    ['a file that is not there', { 'lines.json': '[]' }, '', [], 'entries.jsonl: there is no such file'],
    ['a line that is no JSON', {}, '{"id": 1', [], 'entries.jsonl:2: not JSON'],
    ['an entry without a day', {}, '{"id":"2","client":"A","hours":1,"gold":"none"}', [], 'entries.jsonl:2: date'],
    [
      'a label that is no line',
      {},
      '{"id":"2","date":"2026-10-01","client":"A","hours":1,"gold":"A-9"}',
      [],
      'entries.jsonl:2: gold: found "A-9"; allowed: the id of a line',
    ],
    ['an option that is not known', {}, '', ['--modell', 'x'], 'Usage: npm run evaluate'],
  ])('%s', async (what, files: Readonly<Record<string, string>>, second, args, words) => {
    const place = inFolder(`data ${what}`);
    mkdirSync(place);
    const first = '{"id":"1","date":"2026-10-01","client":"A","hours":1,"gold":"none"}';
    const all =
      Object.keys(files).length > 0 ? files : { 'lines.json': '[]', 'entries.jsonl': `${first}\n${second}\n` };
    for (const [name, text] of Object.entries(all)) writeFileSync(join(place, name), text);
    expect(await evaluate('--data', place, '--out', inFolder('x.json'), ...args)).toBe(2);
    expect(said.join('\n')).toContain(words);
  });
});
