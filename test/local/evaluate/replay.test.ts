/** Recorded responses as they come: some missing, some errors, some that answer only part. */
import { copyFileSync, cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStandIn, type StandIn } from '../../../local/evaluate/exchange.ts';
import type { Report } from '../../../local/evaluate/report.ts';
import { type Bench, entryOf, filesOf, numbered, openBench, TWO_LINES } from './bench.ts';

let bench: Bench;
let standIn: StandIn;
let data: string;
/** Two requests, each with a response. */
let recorded: string;
let whole: Report;

const entries = ['layout of pages', 'code of forms', 'layout of the footer', 'code of the search'].map((notes, id) =>
  entryOf({ id, notes, gold: notes.startsWith('code') ? 'ACME-1/2' : 'ACME-1/1' }),
);

interface Message {
  content: { type: string; text?: string; thinking?: string; signature?: string }[];
  [field: string]: unknown;
}

const read = (folder: string, name: string) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Message;
const write = (folder: string, name: string, value: unknown) => {
  writeFileSync(join(folder, name), JSON.stringify(value));
};
const replay = (folder: string, ...more: readonly string[]) =>
  bench.report('--data', data, '--replay', folder, ...more);

/** A copy of the recording whose first response is another. */
function withFirst(change: (message: Message) => unknown): string {
  const folder = bench.place();
  cpSync(recorded, folder, { recursive: true });
  write(folder, '0001.response.json', change(read(folder, '0001.response.json')));
  return folder;
}

async function answerAll(folder: string): Promise<void> {
  for (const name of numbered(folder, 'request')) {
    const response = await standIn.answer(readFileSync(join(folder, name), 'utf8'));
    writeFileSync(join(folder, name.replace('request', 'response')), response ?? '');
  }
}

beforeAll(async () => {
  bench = await openBench();
  standIn = await openStandIn({ first: 'claude-haiku-5-5', second: 'claude-sonnet-5-5' });
  data = bench.data(filesOf(TWO_LINES, entries));
  recorded = bench.place();
  expect(await bench.evaluate('--data', data, '--record', recorded)).toBe(0);
  expect(numbered(recorded, 'request')).toEqual(['0001.request.json', '0002.request.json']);
  await answerAll(recorded);
  whole = await replay(recorded);
});
afterAll(async () => {
  await standIn.close();
  bench.close();
});

describe('a response that cannot be used leaves its rows unanswered, and the report is written', () => {
  const error = (type: string, message: string) =>
    JSON.stringify({ type: 'error', error: { type, message }, request_id: 'req_1' });

  it.each([
    ['missing', null, 'there is no such file'],
    ['overloaded', error('overloaded_error', 'Overloaded'), 'an error, not an answer (overloaded_error: Overloaded)'],
    ['rate limited', error('rate_limit_error', 'Slow down'), 'rate_limit_error: Slow down'],
    ['refused as a request', error('invalid_request_error', 'max_tokens: too many'), 'invalid_request_error'],
    ['a page of a proxy', '<html><body>502 Bad Gateway</body></html>', 'not JSON'],
    ['half of one', '{"type":"message","content":[', 'not JSON'],
    ['empty', '', 'the file is empty'],
    ['something else', '{"answers":[]}', 'not the body of a Messages answer'],
    ['a list', '[]', 'not the body of a Messages answer'],
  ])('%s', async (_, text, why) => {
    const folder = bench.place();
    if (text === null)
      cpSync(recorded, folder, { recursive: true, filter: (file) => !file.endsWith('0001.response.json') });
    else {
      cpSync(recorded, folder, { recursive: true });
      writeFileSync(join(folder, '0001.response.json'), text);
    }
    const report = await replay(folder);
    expect(report.rows).toBe(4);
    expect(report.accepted).toBe(0);
    expect(report.flags['not answered']).toBe(4);
    expect(report.unansweredRequests).toBe(1);
    expect(report.followUps).toEqual([]);
    expect(report.problems).toHaveLength(1);
    expect(report.problems[0]).toContain('0001.response.json: ');
    expect(report.problems[0]).toContain(why);
    expect(bench.said()).toContain(why);
  });
});

describe('a response that answers nothing has its rows asked once more', () => {
  const text = (words: string) => (message: Message) => ({ ...message, content: [{ type: 'text', text: words }] });

  it.each<[string, (message: Message) => unknown, string, number]>([
    ['a refusal', (m) => ({ ...m, stop_reason: 'refusal', content: [] }), 'the model refused', 2],
    ['cut', (m) => ({ ...m, stop_reason: 'max_tokens' }), 'the answer was cut (max_tokens)', 2],
    ['not the JSON', text('I would say {L01'), 'its text is not the JSON that was asked for', 1],
    [
      'JSON in a fence',
      (m) => text(`\`\`\`json\n${m.content.at(-1)?.text}\n\`\`\``)(m),
      'its text is not the JSON that was asked for',
      1,
    ],
    ['nothing at all', (m) => ({ ...m, content: [] }), 'its text is not the JSON that was asked for', 1],
  ])('%s', async (_, change, why, followUps) => {
    const report = await replay(withFirst(change));
    expect(report.flags['not answered']).toBe(4);
    expect(report.unansweredRequests).toBe(followUps);
    expect(report.followUps).toEqual(['0003.request.json', '0004.request.json'].slice(0, followUps));
    expect(report.problems.join('\n')).toContain(`0001.response.json: ${why}`);
    expect(report.problems.join('\n')).toContain('0003.request.json: asks once more for');
  });
});

describe('a response that answers is used', () => {
  it.each<[string, (message: Message) => unknown]>([
    [
      'behind a thinking block',
      (m) => ({ ...m, content: [{ type: 'thinking', thinking: 'Hm', signature: 'x' }, ...m.content] }),
    ],
    ['written by hand, with content only', ({ content }) => ({ content })],
  ])('%s', async (_, change) => {
    const report = await replay(withFirst(change));
    expect(report.problems).toEqual([]);
    expect(report.correct).toBe(whole.correct);
    expect(report.accepted).toBe(whole.accepted);
  });

  it('behind a byte order mark', async () => {
    const folder = withFirst((message) => message);
    for (const name of ['0001.request.json', '0001.response.json'])
      writeFileSync(join(folder, name), `\uFEFF${readFileSync(join(folder, name), 'utf8')}`);
    expect((await replay(folder)).correct).toBe(whole.correct);
  });
});

describe('what is asked once more', () => {
  const withoutLast = (message: Message) => {
    const { answers } = JSON.parse(message.content.at(-1)?.text ?? '') as { readonly answers: readonly unknown[] };
    return { ...message, content: [{ type: 'text', text: JSON.stringify({ answers: answers.slice(0, -1) }) }] };
  };

  it('is recorded, answered in a second round, and then leaves nothing open', async () => {
    const folder = withFirst(withoutLast);
    const first = await replay(folder);
    expect(first.followUps).toEqual(['0003.request.json']);
    expect(first.problems).toEqual([
      '0003.request.json: asks once more for 1 row that a recorded answer left out; no response is recorded',
    ]);
    expect(numbered(folder, 'request')).toHaveLength(2);
    expect(bench.said()).toContain(`add --record ${folder}`);

    const beside = bench.place();
    await replay(folder, '--record', beside);
    expect(numbered(beside, 'request')).toEqual(['0003.request.json']);
    await answerAll(beside);
    copyFileSync(join(beside, '0003.request.json'), join(folder, '0003.request.json'));
    expect((await replay(folder)).problems[0]).toContain('0003.response.json: there is no such file');
    copyFileSync(join(beside, '0003.response.json'), join(folder, '0003.response.json'));

    const second = await replay(folder);
    expect(second.unansweredRequests).toBe(0);
    expect(second.problems).toEqual([]);
    expect(second.flags['not answered']).toBeUndefined();
    expect(second.correct).toBe(whole.correct);
    expect(second.requests).toBe(3);
  });

  it('can be recorded into the very folder that is replayed', async () => {
    const folder = withFirst(withoutLast);
    await replay(folder, '--record', folder);
    expect(numbered(folder, 'request')).toHaveLength(3);
    await replay(folder, '--record', folder);
    expect(numbered(folder, 'request')).toHaveLength(3);
  });

  it('is not answered by the same response again, so its tokens count once', async () => {
    const folder = withFirst((m) => ({ ...m, content: [{ type: 'text', text: '{"answers":[]}' }] }));
    const report = await replay(folder);
    expect(report.followUps).toHaveLength(1);
    expect(report.tokens).toEqual(whole.tokens);
    expect(report.costUsd).toBe(whole.costUsd);
  });
});

describe('a recording that does not fit stops the command', () => {
  it('where no response is there at all', async () => {
    const folder = bench.place();
    await bench.evaluate('--data', data, '--record', folder);
    expect(await bench.evaluate('--data', data, '--replay', folder, '--out', bench.place())).toBe(2);
    expect(bench.said()).toContain('0001.response.json: there is no such file');
  });

  it('where it is one of other models', async () => {
    const args = ['--data', data, '--replay', recorded, '--model', 'claude-opus-5', '--out', bench.place()];
    expect(await bench.evaluate(...args)).toBe(2);
    expect(bench.said()).toMatch(/0001\.request\.json: not the request that would be sent now \(model, .*record again/);
  });

  it('but not where its requests are only laid out differently', async () => {
    const folder = withFirst((message) => message);
    const { model, ...rest } = read(folder, '0001.request.json');
    writeFileSync(join(folder, '0001.request.json'), JSON.stringify({ ...rest, model }, null, 4));
    expect((await replay(folder)).correct).toBe(whole.correct);
  });
});

it('rows that look alike make requests that are the same, and each has a file of its own', async () => {
  const alike = Array.from({ length: 80 }, (_, id) => entryOf({ id, notes: 'layout of pages' }));
  const place = bench.data(filesOf(TWO_LINES, alike));
  const folder = bench.place();
  expect(await bench.evaluate('--data', place, '--second', 'off', '--record', folder)).toBe(0);
  expect(numbered(folder, 'request')).toHaveLength(2);
  await answerAll(folder);
  const report = await bench.report('--data', place, '--second', 'off', '--replay', folder);
  expect(report.problems).toEqual([]);
  expect(report.flags['not answered']).toBeUndefined();
});
