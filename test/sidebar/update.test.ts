import { describe, expect, it } from 'vitest';
import type { JobView, ReviewRow, StatusView } from '../../src/lib/calls.ts';
import { acceptCard, chooseLine, excludeCard } from '../../src/sidebar/decisions.ts';
import { keyEvent } from '../../src/sidebar/keys.ts';
import { cardsOf, currentCard, type Effect, type Event, INITIAL, isBusy, type State } from '../../src/sidebar/state.ts';
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
    alternatives: [],
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
  review: { kind: 'ready', value: { rows, total: rows.length } },
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
  const press = (key: string, target = 'BODY', modified = false) => keyEvent(state, { key, target, modified });

  it.each([
    ['a', 'decide'],
    ['X', 'decide'],
    ['c', 'focus'],
    ['s', 'start split'],
    ['j', 'next card'],
    ['ArrowUp', 'next card'],
    ['u', 'undo'],
    ['Escape', 'dismiss'],
  ])('%s does %s', (key, kind) => {
    expect(press(key)?.kind).toBe(kind);
  });

  it('do nothing while somebody types or uses a shortcut of the browser', () => {
    expect(press('a', 'INPUT')).toBeNull();
    expect(press('a', 'BODY', true)).toBeNull();
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

  it('leaves no button on while it runs or waits, but does while it is blocked', () => {
    const off = (state: JobView['state']) => isBusy({ ...INITIAL, job: job(state) });
    expect([off('running'), off('waiting'), off('blocked'), off('done')]).toEqual([true, true, false, false]);
  });
});
