import { afterEach } from 'vitest';
import { type ClaudeOptions, createClaude } from '../../../../local/simulators/claude/claude.ts';

const started: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const server of started.splice(0)) await server.close();
});

/** Starts a Claude for one test, with a clock that stands still unless the test moves it. */
export async function start(options: Partial<ClaudeOptions> = {}) {
  const time = { now: Date.parse('2026-11-01T06:00:00Z') };
  const claude = await createClaude({
    clock: { now: () => time.now },
    firstModel: 'claude-haiku-5-5',
    apiKey: 'right-key',
    ...options,
  });
  started.push(claude);
  return { ...claude, time };
}

export const rightHeaders = {
  'content-type': 'application/json',
  'x-api-key': 'right-key',
  'anthropic-version': '2026-10-21',
};

/** One request, JSON both ways. */
export async function post(
  url: string,
  path: string,
  body: unknown,
  headers: Readonly<Record<string, string>> = rightHeaders,
) {
  const answer = await fetch(`${url}${path}`, {
    method: 'POST',
    headers,
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, text, json: text.startsWith('{') ? JSON.parse(text) : null };
}

export const lines = [
  {
    ref: 'L01',
    line: 'ACME-1/1',
    sow: 'ACME-1',
    title: 'Web site',
    description: 'Pages, launch, photography of the team',
  },
  {
    ref: 'L02',
    line: 'ACME-1/2',
    sow: 'ACME-1',
    title: 'Strategy deck',
    description: 'Research, market numbers, the Q3 deck',
  },
  { ref: 'L03', line: 'ACME-1/3', sow: 'ACME-1', title: 'Support', description: 'Tickets of staff, password resets' },
];

export const notes = [
  'Final review of Q3 deck',
  'password reset for Ann',
  'timesheets and quote',
  'launch checklist, web pages',
];

export const answerSchema = {
  type: 'object',
  properties: {
    answers: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          ref: { type: 'string' },
          reason: { type: 'string' },
          line: { type: 'string' },
          confidence: { type: 'number' },
        },
        required: ['ref', 'reason', 'line', 'confidence'],
        additionalProperties: false,
      },
    },
  },
  required: ['answers'],
  additionalProperties: false,
};

/** A question about the notes above, in the shape of a Messages request. */
export function question(changes: Readonly<Record<string, unknown>> = {}, schema: unknown = answerSchema) {
  return {
    model: 'claude-haiku-5-5',
    max_tokens: 8000,
    system: 'Assign each entry to a line.',
    messages: [
      {
        role: 'user',
        content: [
          { type: 'text', text: JSON.stringify({ lines }) },
          {
            type: 'text',
            text: JSON.stringify({
              entries: notes.map((note, index) => ({ ref: `E0${index + 1}`, note, task: 'Work' })),
            }),
          },
        ],
      },
    ],
    output_config: { format: { type: 'json_schema', schema } },
    ...changes,
  };
}

/** A plain request that is in order. */
export function plain(changes: Readonly<Record<string, unknown>> = {}) {
  return { model: 'claude-haiku-5-5', max_tokens: 500, messages: [{ role: 'user', content: 'Hello' }], ...changes };
}

/** The text of a message: its text blocks joined. */
export function textOf(message: {
  readonly content: readonly { readonly type: string; readonly text?: string }[];
}): string {
  return message.content.map((block) => (block.type === 'text' ? block.text : '')).join('');
}
