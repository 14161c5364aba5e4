/** A page can send anything to the one door; only what is meant gets in, and what does not is told so in a sentence. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CALL_NAMES } from '../../src/lib/calls.ts';
import { type AddOn, ANA, startAddOn } from '../server/jobs/add-on.ts';

let addOn: AddOn;
beforeAll(async () => {
  addOn = await startAddOn();
});
afterAll(() => addOn.close());

const GARBAGE: readonly unknown[] = [
  [],
  [1, 2],
  'text',
  42,
  true,
  { extra: 1 },
  { invoices: [{}] },
  { decisions: 'all' },
  { service: '__proto__' },
  { invoice: { $gt: '' } },
  JSON.parse('{"__proto__":{"polluted":true},"constructor":1}'),
  { period: '=HYPERLINK("x")' },
  { key: 'x'.repeat(200_000) },
  { clientId: ' ', clientSecret: '\u0000', environment: 'staging' },
  Array.from({ length: 60 }).reduce<unknown>((inner) => ({ inner }), 1),
];

describe.each(CALL_NAMES)('%s', (name) => {
  it('refuses every argument that is none, before anything is read or written', async () => {
    for (const args of GARBAGE) {
      const request = JSON.stringify({ name, args });
      const execution = await addOn.host.invoke('call', [request], { as: 'sidebar', user: ANA });
      const answer = JSON.parse(String(execution.value));
      expect([request.slice(0, 80), answer.ok, execution.serviceCalls]).toEqual([request.slice(0, 80), false, 0]);
      expect(answer.message).toContain(`The call ${name} cannot be done with what was given`);
      expect(answer.message).not.toMatch(/ at |Error:|undefined|stack/);
    }
  });
});

describe('the door', () => {
  it.each([
    '',
    'null',
    '[]',
    '"status"',
    '{"name":"status","args":{},"more":1}',
    '{"name":["status"]}',
    '{"name":"__proto__"}',
    '{"name":"constructor","args":{}}',
    '{"name":"hasOwnProperty","args":{}}',
    '{"name":"STATUS","args":{}}',
    '{'.repeat(1000),
  ])('refuses what is no call: %s', async (request) => {
    const execution = await addOn.host.invoke('call', [request], { as: 'sidebar', user: ANA });
    const answer = JSON.parse(String(execution.value));
    expect([answer.ok, execution.serviceCalls]).toEqual([false, 0]);
    expect(answer.message).toMatch(/^The sidebar (sent|asked for) something .*Open it again\.$/);
  });

  it.each([undefined, null, 42, [], { name: 'status' }])('refuses what is not even a text: %s', async (request) => {
    const execution = await addOn.host.invoke('call', request === undefined ? [] : [request], {
      as: 'sidebar',
      user: ANA,
    });
    expect(execution.ok).toBe(true);
    expect(JSON.parse(String(execution.value)).ok).toBe(false);
  });
});
