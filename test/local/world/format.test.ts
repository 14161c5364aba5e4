import { describe, expect, it } from 'vitest';
import { readWorld, WorldError } from '../../../local/world/format.ts';

const world = (steps: readonly unknown[], more: object = {}) => JSON.stringify({ steps, ...more });

function findings(text: string): readonly string[] {
  try {
    readWorld(text);
  } catch (error) {
    if (error instanceof WorldError) return error.findings;
    throw error;
  }
  return [];
}

describe('a scenario file', () => {
  it.each([
    { at: '2026-11-01T06:00:00', do: 'month-end', period: '2026-10' },
    { do: 'month-end' },
    { do: 'review', accept: 'all' },
    { do: 'review', entry: 1001, line: 'ACME-1/2' },
    { do: 'review', entry: 1001, exclude: true },
    {
      do: 'review',
      entry: 1001,
      split: [
        { line: 'A', hours: 1 },
        { line: 'B', hours: 0.5 },
      ],
    },
    { do: 'review', expense: 55, line: 'ACME-1/9' },
    { do: 'decide', invoice: '2026-10 Acme', held: 'raise cap' },
    { do: 'decide', entry: 1001, changed: 'ignore' },
    { do: 'approve', invoices: 'all' },
    { do: 'approve', invoices: ['2026-10 Acme'] },
    { do: 'push' },
    { do: 'sync' },
    { do: 'quickbooks', void: '2026-10 Acme' },
    { do: 'quickbooks', edit: { invoice: '2026-10 Acme', set: { PrivateNote: 'x' } } },
    { do: 'update drafts' },
    { do: 'edit', tab: 'SOW lines', where: { Line: 'ACME-1/3' }, set: { 'Completed on': '2026-10-14' } },
    { do: 'sort', tab: 'Time entries', by: 'Notes' },
    { do: 'harvest', upsert: { time_entries: [{ id: 1 }] }, delete: { time_entries: [1001] } },
  ])('takes the step $do: %j', (step) => {
    expect(findings(world([step]))).toEqual([]);
  });

  it('ignores the key why anywhere', () => {
    expect(findings(world([{ do: 'push', why: 'because' }], { why: 'x', harvest: { why: 'y', clients: [] } }))).toEqual(
      [],
    );
  });

  it.each([
    ['text that is not JSON', '{', /not JSON/],
    ['an unknown key', world([], { harvests: {} }), /"harvests"/],
    ['an unknown step', world([{ do: 'dance' }]), /steps\[0\]\.do: unknown step "dance"/],
    ['an unknown key of a step', world([{ do: 'push', now: true }]), /steps\[0\].*"now"/],
    ['a wrong period', world([{ do: 'month-end', period: '10/2026' }]), /steps\[0\]\.period/],
    [
      'two rows in one review',
      world([{ do: 'review', entry: 1, expense: 2, exclude: true }]),
      /exactly one of entry, expense/,
    ],
    ['a zone that does not exist', world([], { timeZone: 'Mars/Base' }), /Mars\/Base/],
    [
      'a wrong confidence',
      world([], { claude: { answers: [{ notes: 'a', line: null, confidence: 2 }] } }),
      /confidence/,
    ],
  ])('with %s is refused, and the place is named', (_what, text, message) => {
    expect(findings(text).join('\n')).toMatch(message);
  });

  it('has all its mistakes reported together', () => {
    expect(findings(world([{ do: 'dance' }, { do: 'sing' }]))).toHaveLength(2);
  });
});
