import { describe, expect, it } from 'vitest';
import { chooseLine } from '../../../src/lib/matching/choose-line.ts';
import { type HandEdit, handEdit } from '../../../src/lib/matching/hand-edit.ts';
import { line, sow } from './build.ts';

const choose = chooseLine([sow()], [line(), line({ line: 'ACME-1/2' })]);

function edit(facts: Partial<HandEdit['row']>, more: Partial<Omit<HandEdit, 'row'>>): HandEdit {
  const row: HandEdit['row'] = {
    table: 'time',
    key: 'harvest:1001',
    client: 'Acme',
    status: 'flagged',
    sowLine: 'ACME-1/1',
    flags: 'low confidence, late',
    reason: '',
    hours: 2,
    invoice: '',
    ...facts,
  };
  return { row, edited: 'Status', statusBefore: null, lineBefore: null, billed: false, ...more };
}

const line1 = { edited: 'SOW line' } as const;

describe('what a person types into SOW line or Status', () => {
  it.each<[string, HandEdit, object]>([
    [
      'a line on a row that waits approves it',
      edit({ sowLine: 'acme-1/2' }, line1),
      { status: 'approved', sowLine: 'ACME-1/2', flags: 'late' },
    ],
    [
      'a line on an accepted row is a decision',
      edit({ status: 'auto', sowLine: 'ACME-1/2' }, line1),
      { status: 'approved', sowLine: 'ACME-1/2', flags: 'late' },
    ],
    [
      'a line on an excluded row leaves it excluded',
      edit({ status: 'excluded' }, line1),
      { status: 'excluded', sowLine: 'ACME-1/1', flags: 'late' },
    ],
    [
      'an emptied line makes the row wait',
      edit({ status: 'approved', sowLine: '' }, line1),
      { status: 'flagged', sowLine: '' },
    ],
    [
      'line and status pasted together',
      edit({ status: 'approved', sowLine: 'ACME-1/2' }, { edited: 'both' }),
      { status: 'approved', sowLine: 'ACME-1/2', flags: 'late' },
    ],
    ['approved', edit({ status: 'approved' }, {}), { status: 'approved', sowLine: 'ACME-1/1', flags: 'late' }],
    [
      'auto typed by a person is an approval',
      edit({ status: 'auto' }, {}),
      { status: 'approved', sowLine: 'ACME-1/1', flags: 'late' },
    ],
    ['excluded', edit({ status: 'excluded' }, {}), { status: 'excluded', sowLine: 'ACME-1/1', flags: 'late' }],
    [
      'flagged makes it wait',
      edit({ status: 'flagged', flags: '' }, {}),
      { status: 'flagged', sowLine: 'ACME-1/1', flags: '' },
    ],
    [
      'another line on a billed row',
      edit({ status: 'invoiced', sowLine: 'ACME-1/2', flags: '' }, { ...line1, billed: true }),
      { status: 'invoiced', sowLine: 'ACME-1/2', flags: '' },
    ],
  ])('%s', (_, typed, change) => {
    expect(handEdit(typed, choose)).toMatchObject({ change, problem: null, decided: true });
  });

  it('a billed row may be excluded; the next invoice carries the difference', () => {
    const done = handEdit(edit({ status: 'excluded', flags: '' }, { billed: true }), choose);
    expect(done).toMatchObject({ what: 'Excluded after billing', change: { status: 'excluded' }, problem: null });
  });

  it('new asks the models again, and nobody has decided', () => {
    expect(handEdit(edit({ status: 'new' }, {}), choose)).toMatchObject({
      decided: false,
      change: { status: 'new', flags: '' },
    });
  });

  it.each<[string, HandEdit, RegExp, object]>([
    [
      'an unknown line gives way to the one before',
      edit({ sowLine: 'NOPE' }, { ...line1, lineBefore: 'ACME-1/2' }),
      /no line "NOPE"/,
      { status: 'flagged', sowLine: 'ACME-1/2' },
    ],
    [
      'an unknown line that was pasted leaves none',
      edit({ sowLine: 'NOPE' }, line1),
      /no line "NOPE"/,
      { status: 'flagged', sowLine: '' },
    ],
    [
      'an unknown line on a billed row',
      edit({ status: 'invoiced', sowLine: 'NOPE' }, { ...line1, billed: true, lineBefore: 'ACME-1/1' }),
      /no line "NOPE"/,
      { status: 'invoiced', sowLine: 'ACME-1/1' },
    ],
    ['approved without a line', edit({ status: 'approved', sowLine: '' }, {}), /no suggestion/, { status: 'flagged' }],
    [
      'invoiced by hand',
      edit({ status: 'invoiced' }, { statusBefore: 'approved' }),
      /by pushing an invoice/,
      { status: 'approved' },
    ],
    [
      'a word that is no status',
      edit({ status: null }, { statusBefore: 'auto' }),
      /Status must be/,
      { status: 'auto' },
    ],
    ['a word that is no status, pasted', edit({ status: null }, {}), /Status must be/, { status: 'flagged' }],
    [
      'another status for a billed row',
      edit({ status: 'approved' }, { billed: true }),
      /already billed/,
      { status: 'invoiced' },
    ],
  ])('%s', (_, typed, problem, change) => {
    const done = handEdit(typed, choose);
    expect(done.problem).toMatch(problem);
    expect(done).toMatchObject({ change });
  });
});
