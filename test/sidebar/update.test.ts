import { describe, expect, it } from 'vitest';
import type { JobView, ReviewRow, StatusView } from '../../src/lib/calls.ts';
import { cardsOf, choicesOf, currentCard, waitingCount } from '../../src/sidebar/cards.ts';
import { acceptCard, chooseLine, excludeCard, splitRow } from '../../src/sidebar/decisions.ts';
import { keyEvent } from '../../src/sidebar/keys.ts';
import { type Effect, type Event, INITIAL, isBusy, type State } from '../../src/sidebar/state.ts';
import { update } from '../../src/sidebar/update.ts';

function row(key: string, group: string, more: Partial<ReviewRow> = {}): ReviewRow {
  return {
    table: 'time',
    key,
    date: '2026-10-14',
    person: 'Ana Ruiz',
    client: 'Acme',
    project: 'Strategy',
    task: 'Consulting',
    notes: 'Final review of Q3 deck',
    hours: 1.5,
    cost: null,
    flags: ['low confidence'],
    reason: '',
    suggestion: { line: 'ACME-1/2', title: 'Strategic Planning' },
    confidence: 0.7,
    alternatives: [{ line: 'ACME-1/2', title: 'Strategic Planning', sow: 'ACME-1' }],
    status: 'flagged',
    group,
    ...more,
  };
}

function job(state: JobView['state'], more: Partial<JobView> = {}): JobView {
  return {
    id: '1',
    kind: 'push',
    period: '2026-10',
    state,
    step: 'push',
    progress: '',
    done: null,
    total: null,
    message: '',
    nextAt: null,
    ...more,
  };
}

function play(state: State, ...events: readonly Event[]): { state: State; effects: readonly Effect[] } {
  let now = state;
  let effects: readonly Effect[] = [];
  for (const event of events) {
    const next = update(now, event);
    now = next.state;
    effects = next.effects;
  }
  return { state: now, effects };
}

const withRows = (...rows: readonly ReviewRow[]): State => ({
  ...INITIAL,
  review: { kind: 'ready', value: { rows, total: rows.length, lines: [] } },
});

const accepted = (state: State): Event => {
  const card = currentCard(state);
  const event = card && acceptCard(card);
  if (!event) throw new Error('nothing to accept');
  return event;
};

describe('the review', () => {
  it('shows alike rows as one card', () => {
    const state = withRows(row('harvest:1', 'a'), row('harvest:2', 'b'), row('harvest:3', 'a'));
    expect(cardsOf(state).map((card) => card.rows.length)).toEqual([2, 1]);
  });

  it('takes decided rows off the list at once and sends them', () => {
    const state = withRows(row('harvest:1', 'a'), row('harvest:2', 'b'));
    const next = update(state, accepted(state));
    expect(cardsOf(next.state).map((card) => card.group)).toEqual(['b']);
    expect(next.effects).toEqual([
      {
        kind: 'call',
        request: { name: 'decide', args: { decisions: [{ table: 'time', key: 'harvest:1', action: 'accept' }] } },
      },
    ]);
  });

  it('sends one call at a time and the decisions taken meanwhile together', () => {
    const start = withRows(row('harvest:1', 'a'), row('harvest:2', 'b'), row('harvest:3', 'c'));
    const first = update(start, accepted(start)).state;
    const second = update(first, accepted(first));
    expect(second.effects).toEqual([]);
    const third = update(second.state, accepted(second.state));
    const done: Event = { kind: 'answered', answer: { name: 'decide', value: { done: 1, problems: [] } } };
    const sent = update(third.state, done).effects;
    expect(sent).toHaveLength(1);
    expect(JSON.stringify(sent[0])).toContain('harvest:2');
    expect(JSON.stringify(sent[0])).toContain('harvest:3');
  });

  it('brings the rows back when the decisions could not be saved, and says so', () => {
    const start = withRows(row('harvest:1', 'a'));
    const { state, effects } = play(start, accepted(start), {
      kind: 'refused',
      call: 'decide',
      message: 'No network.',
    });
    expect(cardsOf(state)).toHaveLength(1);
    expect(state.notice?.text).toContain('were not saved');
    expect(effects).toEqual([{ kind: 'call', request: { name: 'review', args: {} } }]);
  });

  it('takes a decision back before and after it was sent', () => {
    const start = withRows(row('harvest:1', 'a'), row('harvest:2', 'b'));
    const first = update(start, accepted(start)).state;
    const waiting = update(first, accepted(first)).state;
    const dropped = update(waiting, { kind: 'undo' });
    expect(cardsOf(dropped.state).map((card) => card.group)).toEqual(['b']);

    const done: Event = { kind: 'answered', answer: { name: 'decide', value: { done: 1, problems: [] } } };
    const { effects } = play(start, accepted(start), done, { kind: 'undo' });
    expect(JSON.stringify(effects)).toContain('"action":"reopen"');
  });

  it('offers no accept where there is no suggestion', () => {
    expect(acceptCard({ group: 'a', rows: [row('harvest:1', 'a', { suggestion: null })] })).toBeNull();
  });

  it('takes back many steps, one after the other, shows each card again, and says when there is nothing more', () => {
    const start = withRows(...Array.from({ length: 25 }, (_, n) => row(`harvest:${n}`, `g${n}`)));
    let now = start;
    for (let n = 0; n < 25; n++) {
      const { state } = play(now, accepted(now));
      now = play(state, { kind: 'answered', answer: { name: 'decide', value: { done: 1, problems: [] } } }).state;
    }
    expect(cardsOf(now)).toEqual([]);
    for (let n = 24; n >= 0; n--) {
      now = play(now, { kind: 'undo' }).state;
      expect(currentCard(now)?.group).toBe(`g${n}`);
    }
    expect(play(now, { kind: 'undo' }).state.notice?.text).toBe('There is nothing more to take back.');
    expect(waitingCount(now)).toBe(25);
  });

  it('two words on one row go to the server one after the other', () => {
    const start = withRows(row('harvest:1', 'a'));
    const done: Event = { kind: 'answered', answer: { name: 'decide', value: { done: 1, problems: [] } } };
    const { state } = play(start, accepted(start), done, { kind: 'undo' });
    const again = play(state, accepted(state));
    expect(again.effects).toEqual([]);
    const sent = play(again.state, done).effects;
    expect(sent).toMatchObject([
      { request: { name: 'decide', args: { decisions: [{ key: 'harvest:1', action: 'accept' }] } } },
    ]);
  });

  it('brings back line and flags of before', () => {
    const start = withRows(row('harvest:1', 'a'));
    const done: Event = { kind: 'answered', answer: { name: 'decide', value: { done: 1, problems: [] } } };
    const card = currentCard(start);
    const chosen: Event = card ? chooseLine(card, 'ACME-1/9') : { kind: 'undo' };
    const { effects } = play(start, chosen, done, { kind: 'undo' });
    expect(effects).toMatchObject([
      { request: { args: { decisions: [{ before: { line: 'ACME-1/2', flags: ['low confidence'] } }] } } },
    ]);
  });

  it('a list that was read before a decision does not bring decided rows back', () => {
    const rows = [row('harvest:1', 'a'), row('harvest:2', 'b')];
    const start = withRows(...rows);
    const asked = play(start, { kind: 'refresh' }).state;
    const done: Event = { kind: 'answered', answer: { name: 'decide', value: { done: 1, problems: [] } } };
    const saved = play(asked, accepted(asked), done).state;
    const old: Event = { kind: 'answered', answer: { name: 'review', value: { rows, total: 2, lines: [] } } };
    const during = play(asked, accepted(asked), old);
    expect(cardsOf(during.state).map((card) => card.group)).toEqual(['b']);
    expect(cardsOf(saved).map((card) => card.group)).toEqual(['b']);
  });

  it('keeps the open card by its rows when the list is read again and groups are named anew', () => {
    const start = withRows(row('harvest:1', 'g1'), row('harvest:2', 'g2'));
    const value = { rows: [row('harvest:2', 'g1'), row('harvest:3', 'g2')], total: 2, lines: [] };
    const { state } = play(
      start,
      { kind: 'next card', by: 1 },
      { kind: 'answered', answer: { name: 'review', value } },
    );
    expect(currentCard(state)?.rows.map((one) => one.key)).toEqual(['harvest:2']);
  });

  it('decides the ticked rows of a group; the others become cards of their own', () => {
    const rows = [row('harvest:1', 'a'), row('harvest:2', 'a'), row('harvest:3', 'a')] as const;
    const start = withRows(...rows, row('harvest:4', 'b'));
    const { state } = play(start, { kind: 'tick', rows: [rows[0], rows[2]], on: false });
    const { state: after } = play(
      state,
      keyEvent(state, { key: 'a', typing: false, modified: false, repeated: false }) ?? { kind: 'undo' },
    );
    expect(after.saving.map((one) => one.key)).toEqual(['harvest:2']);
    expect(cardsOf(after).map((card) => card.rows.map((one) => one.key))).toEqual([
      ['harvest:1'],
      ['harvest:3'],
      ['harvest:4'],
    ]);
  });

  it('a split that is half filled stays with its row, and one that was refused keeps its input', () => {
    const one = row('harvest:1', 'a');
    const start = withRows(one, row('harvest:2', 'b'));
    const parts = [
      { line: 'ACME-1/2', hours: '1', typed: true },
      { line: 'ACME-1/3', hours: '', typed: false },
    ];
    const filled = play(start, { kind: 'start split', row: one }, { kind: 'fill split', row: 'time harvest:1', parts });
    const back = play(filled.state, { kind: 'next card', by: 1 }, { kind: 'next card', by: -1 }).state;
    expect(back.splits['time harvest:1']).toEqual(parts);
    const split = splitRow(one, [
      { line: 'ACME-1/2', hours: 1 },
      { line: 'ACME-1/3', hours: 0.5 },
    ]);
    const refused: Event = { kind: 'answered', answer: { name: 'decide', value: { done: 0, problems: ['No.'] } } };
    const value = { rows: [row('harvest:2', 'g1'), row('harvest:1', 'g2')], total: 2, lines: [] };
    const { state } = play(back, split, refused, { kind: 'answered', answer: { name: 'review', value } });
    expect(currentCard(state)?.rows[0]?.key).toBe('harvest:1');
    expect(state.splits['time harvest:1']).toEqual(parts);
    expect(state.notice?.text).toBe('No.');
    expect(play(state, { kind: 'leave card' }).state.splits).toEqual({});
  });

  it('offers every line of the client, those that are not open on the day with their days', () => {
    const one = row('harvest:1', 'a');
    const line = (name: string, more: object) => ({
      client: 'Acme',
      table: 'time' as const,
      line: name,
      title: '',
      sow: 'S',
      starts: '',
      ends: '',
      active: true,
      ...more,
    });
    const lines = [
      line('ACME-1/2', {}),
      line('OLD/1', { ends: '2026-09-30' }),
      line('NEW/1', { starts: '2026-11-01' }),
      line('OFF/1', { active: false }),
      line('OTHER/1', {}),
      line('EXP/1', { table: 'expense' }),
      line('Z/1', { client: 'Zenith' }),
    ];
    const state: State = { ...INITIAL, review: { kind: 'ready', value: { rows: [one], total: 1, lines } } };
    expect(choicesOf(state, [one]).map(({ line: name, note }) => [name, note])).toEqual([
      ['ACME-1/2', ''],
      ['OLD/1', 'until 2026-09-30'],
      ['NEW/1', 'from 2026-11-01'],
      ['OFF/1', 'SOW not active'],
      ['OTHER/1', 'another project'],
    ]);
  });

  it('moves on to the next card after a decision', () => {
    const start = withRows(row('harvest:1', 'a'), row('harvest:2', 'b'), row('harvest:3', 'c'));
    const { state } = play(start, { kind: 'next card', by: 1 });
    expect(currentCard(state)?.group).toBe('b');
    const card = currentCard(state);
    const moved = update(state, card ? chooseLine(card, 'ACME-1/3') : { kind: 'undo' });
    expect(currentCard(moved.state)?.group).toBe('c');
  });
});

describe('keys', () => {
  const state = withRows(row('harvest:1', 'a'), row('harvest:2', 'b'));
  const key = { typing: false, modified: false, repeated: false };
  const press = (name: string, more: Partial<typeof key> = {}, on = state) =>
    keyEvent(on, { ...key, ...more, key: name });

  it.each([
    ['a', 'decide'],
    ['X', 'decide'],
    ['c', 'choose'],
    ['s', 'start split'],
    ['j', 'next card'],
    ['ArrowUp', 'next card'],
    ['u', 'undo'],
    ['Escape', 'leave card'],
  ])('%s does %s', (key, kind) => {
    expect(press(key)?.kind).toBe(kind);
  });

  it('do nothing while somebody types or uses a shortcut of the browser', () => {
    expect(press('a', { typing: true })).toBeNull();
    expect(press('a', { modified: true })).toBeNull();
  });

  it('held down decide once, and move on', () => {
    for (const name of ['a', 'x', 'c', 's', 'u']) expect(press(name, { repeated: true })).toBeNull();
    expect(press('j', { repeated: true })?.kind).toBe('next card');
  });

  it.each([
    ['a', row('harvest:1', 'a', { suggestion: null }), /no suggestion to accept.*C shows the lines/],
    ['c', row('harvest:1', 'a', { alternatives: [] }), /no line to choose from/],
    ['s', row('harvest:1', 'a', { table: 'expense', hours: null, cost: 40 }), /expense cannot be split/],
    ['a', row('harvest:1', 'a', { changed: { before: '3 h', after: '2 h' } }), /billed already.*difference/],
    ['x', row('harvest:1', 'a', { changed: { before: '3 h', after: '2 h' } }), /billed already/],
  ])('%s says why nothing happens', (name, one, sentence) => {
    expect(press(name, {}, withRows(one))).toMatchObject({ kind: 'tell', text: expect.stringMatching(sentence) });
  });

  it('S on a group says that a split needs one row, and splits the one that is ticked', () => {
    const rows = [row('harvest:1', 'a'), row('harvest:2', 'a')] as const;
    const group = withRows(...rows);
    const told = press('s', {}, group);
    expect(told).toMatchObject({ kind: 'tell', open: 'a' });
    expect(update(group, told ?? { kind: 'undo' }).state.openGroups).toEqual(['a']);
    const { state: one } = play(group, { kind: 'tick', rows: [rows[0]], on: false });
    expect(press('s', {}, one)).toEqual({ kind: 'start split', row: rows[1] });
  });

  it('exclude all rows of the card', () => {
    const card = currentCard(state);
    expect(press('x')).toEqual(card && excludeCard(card));
  });
});

describe('work on the server', () => {
  it('is driven on while the sidebar is open, and its end refreshes what is shown', () => {
    const running = update(INITIAL, { kind: 'answered', answer: { name: 'push', value: job('running') } });
    expect(running.effects).toEqual([{ kind: 'wait', waitMs: 0 }]);
    const on = update(running.state, { kind: 'time passed' });
    expect(on.effects).toEqual([{ kind: 'call', request: { name: 'continueJob', args: {} } }]);
    const over = update(on.state, { kind: 'answered', answer: { name: 'continueJob', value: job('done') } });
    expect(over.effects.map((effect) => effect.kind === 'call' && effect.request.name)).toEqual([
      'status',
      'invoices',
      'review',
    ]);
  });

  it('is not hurried while it waits', () => {
    const { effects } = update(INITIAL, { kind: 'answered', answer: { name: 'push', value: job('waiting') } });
    expect(effects).toEqual([{ kind: 'wait', waitMs: 5000 }]);
  });

  it('keeps buttons off until the answer has come, and starts nothing twice', () => {
    const press: Event = { kind: 'do', busy: 'push', call: { name: 'push', args: {} } };
    const first = update(INITIAL, press);
    expect(first.effects).toHaveLength(1);
    expect(update(first.state, press).effects).toEqual([]);
    const failed = update(first.state, { kind: 'refused', call: 'push', message: 'Who may push does not name you.' });
    expect(failed.state.busy).toBe('');
    expect(failed.state.notice).toEqual({ tone: 'bad', text: 'Who may push does not name you.', undo: [] });
  });

  it('keeps what was known on screen when a refresh fails', () => {
    const value = { period: '2026-10' } as StatusView;
    const start: State = { ...INITIAL, status: { kind: 'ready', value } };
    const { state } = play(start, { kind: 'refresh' }, { kind: 'refused', call: 'status', message: 'No network.' });
    expect(state.status).toEqual({ kind: 'failed', message: 'No network.', last: value });
  });

  it('is looked at once at a time, however often its state is told', () => {
    const value = { job: job('running') } as StatusView;
    const first = update(INITIAL, { kind: 'answered', answer: { name: 'status', value } });
    expect(first.effects).toEqual([{ kind: 'wait', waitMs: 0 }]);
    expect(update(first.state, { kind: 'answered', answer: { name: 'status', value } }).effects).toEqual([]);
  });

  it('is followed further when one answer is lost', () => {
    const running = update(INITIAL, { kind: 'answered', answer: { name: 'push', value: job('running') } });
    const asked = update(running.state, { kind: 'time passed' });
    const lost = update(asked.state, { kind: 'refused', call: 'continueJob', message: 'No network.' });
    expect(lost.effects).toEqual([{ kind: 'wait', waitMs: 5000 }]);
    expect(lost.state.notice?.text).toBe('No network.');
  });

  it('that ended elsewhere refreshes what is shown', () => {
    const blocked: State = { ...INITIAL, job: job('blocked') };
    const value = { job: job('done') } as StatusView;
    const { effects } = update(blocked, { kind: 'answered', answer: { name: 'status', value } });
    expect(effects.map((effect) => effect.kind === 'call' && effect.request.name)).toEqual(['invoices', 'review']);
  });

  it('leaves no button on while it runs, but does while it waits or is blocked', () => {
    const off = (state: JobView['state']) => isBusy({ ...INITIAL, job: job(state) });
    expect([off('running'), off('waiting'), off('blocked'), off('done')]).toEqual([true, false, false, false]);
  });
});
