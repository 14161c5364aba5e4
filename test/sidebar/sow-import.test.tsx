// @vitest-environment happy-dom
import { render } from 'preact';
import { beforeEach, describe, expect, it } from 'vitest';
import type { LearnView } from '../../src/lib/learning/model.ts';
import { checkImport } from '../../src/lib/sow-import/after-writing.ts';
import { BLANK_LINE, BLANK_SOW } from '../../src/lib/sow-import/fields.ts';
import type { ProposedRow, SowProposal } from '../../src/lib/sow-import/model.ts';
import type { SowUndo } from '../../src/lib/sow-import/undo.ts';
import { problemsOf, writeArgs } from '../../src/sidebar/proposal.ts';
import { type Event, INITIAL, type State } from '../../src/sidebar/state.ts';
import { update } from '../../src/sidebar/update.ts';
import { SowImport } from '../../src/sidebar/view/SowImport.tsx';
import { bookOf } from '../lib/sow-import/book.ts';

const list = { clients: ['Acme'], sows: [{ sow: 'A-1', client: 'Acme', title: 'Plan', document: '' }] };
const help: ProposedRow = {
  tab: 'SOW lines',
  key: 'A-1/2',
  title: 'Help',
  kind: 'change',
  holdsFrom: '2026-11-01',
  fields: [
    { property: 'rate', header: 'Rate', before: 120, value: 140, problem: '' },
    {
      property: 'capHours',
      header: 'Cap hours',
      before: 80,
      value: '',
      problem: 'The model said "99", but it does not stand in a quoted sentence.',
    },
  ],
  standing: { title: 'Help', billing: 'hourly', rate: 120, capHours: 80 },
  quotes: [
    { text: 'Help is $140 per hour.', stands: true },
    { text: 'Up to 99 hours.', stands: false },
  ],
  notes: [],
  warnings: [],
  doubtful: false,
  splitFrom: '',
  taken: '',
  asNew: [],
};
const plan: ProposedRow = {
  ...help,
  key: 'A-1/1',
  title: 'Plan',
  kind: 'new',
  holdsFrom: '',
  fields: [],
  standing: {},
  quotes: [],
};
const book = bookOf({
  sows: [{ ...BLANK_SOW, sow: 'A-1', client: 'Acme' }],
  lines: [{ ...BLANK_LINE, line: 'A-1/2', sow: 'A-1', title: 'Help', rate: 120, capHours: 80 }],
});
const proposal: SowProposal = {
  client: 'Acme',
  sow: 'A-1',
  amends: true,
  amendment: true,
  document: { name: 'Amendment', text: 'Help is $140 per hour. <script>alert(1)</script>', fromPdf: true },
  rows: [help, plan],
  lines: ['A-1/2'],
  warnings: [],
  notes: ['The text is what Claude read in the PDF.'],
};

let events: Event[] = [];
let place: HTMLElement;
beforeEach(() => {
  events = [];
  place = document.createElement('div');
});
const show = (state: State) => {
  render(<SowImport state={state} dispatch={(event) => events.push(event)} />, place);
  return place.textContent ?? '';
};
/** The server checks whatever is to be written at once. */
const checked = (state: State): State => {
  const args = writeArgs(state);
  if (state.checking === '' || args === null) return state;
  const { problems } = checkImport({ ...args, document: '' }, book);
  return checked(update(state, { kind: 'answered', answer: { name: 'sowCheck', value: { problems } } }).state);
};
const stateAfter = (...happened: readonly Event[]) =>
  happened.reduce<State>((state, event) => checked(update(state, event).state), { ...INITIAL, view: 'sowList' });
const listed: Event = { kind: 'answered', answer: { name: 'sowList', value: list } };
const proposed: Event = { kind: 'answered', answer: { name: 'sowPropose', value: proposal } };
const button = (words: string) => [...place.querySelectorAll('button')].find((one) => one.textContent?.includes(words));

it('a proposal shows old and new values, the quoted sentences, and what is not borne out', () => {
  const text = show(stateAfter(listed, proposed));
  expect(text).toContain('Changes to A-1');
  expect(text).toContain('changes from 2026-11-01');
  expect(text).toContain('Rate: 120 → 140');
  expect(text).toContain('Cap hours: stays 80. The model said "99"');
  expect(text).toContain('Up to 99 hours. (does not stand in the document)');
  expect(text).toContain('what Claude read in the PDF');
  expect(place.querySelector('script')).toBeNull();
});

it('only what is ticked and borne out is written', () => {
  show(stateAfter(listed, proposed, { kind: 'toggle proposed row', row: 'SOW lines A-1/1' }));
  button('Write 1 row')?.click();
  expect(events).toEqual([
    {
      kind: 'do',
      busy: 'write SOW',
      call: {
        name: 'sowWrite',
        args: {
          client: 'Acme',
          sow: 'A-1',
          document: proposal.document,
          addText: true,
          rows: [{ tab: 'SOW lines', key: 'A-1/2', cells: { rate: 140 } }],
          leftOut: ['SOW lines A-1/1'],
        },
      },
    },
  ]);
});

it('nothing is written when the proposal is dropped', () => {
  show(stateAfter(listed, proposed));
  button('Do not write')?.click();
  expect(events).toEqual([{ kind: 'drop proposal' }]);
  const text = 'The text';
  const dropped = stateAfter(listed, { kind: 'fill sow form', change: { text } }, proposed, { kind: 'drop proposal' });
  expect(dropped.proposal).toBeNull();
  show(dropped);
  expect(place.querySelector('textarea')?.value).toBe(text);
});

const undo: SowUndo = { sow: 'A-1', rows: [], textBefore: '', textAfter: 'x' };

it('after writing, the list is asked for anew and a sentence says what was written', () => {
  const written: Event = {
    kind: 'answered',
    answer: { name: 'sowWrite', value: { written: 'the SOW', characters: 9, undo } },
  };
  const next = update(stateAfter(listed, proposed), written);
  expect(next.state.notice?.text).toBe('Written: the SOW. Look at the tabs, then press Update drafts.');
  expect(next.effects).toEqual([{ kind: 'call', request: { name: 'sowList', args: {} } }]);
  show(next.state);
  button('Undo the import')?.click();
  expect(events).toEqual([{ kind: 'do', busy: 'undo import', call: { name: 'sowUndo', args: undo } }]);
  const back = update(next.state, { kind: 'answered', answer: { name: 'sowUndo', value: { said: 'Back.' } } });
  expect([back.state.sowUndo, back.state.notice?.text]).toEqual([null, 'Back.']);
});

describe('a cell that is edited', () => {
  const row = 'SOW lines A-1/2';
  const edit = (property: string, text: string): Event => ({ kind: 'edit cell', row, property, text });

  it('is marked, no quote vouches for it, and it is written with what had been proposed', () => {
    const state = stateAfter(listed, proposed, edit('rate', '145'));
    const text = show(state);
    expect(text).toContain('Rate: 120 → 145 edited by you (proposed: 140)');
    expect(text).toContain('No quote vouches for what you edited: Rate.');
    expect(writeArgs(state)?.rows[0]).toEqual({
      tab: 'SOW lines',
      key: 'A-1/2',
      cells: { rate: 145 },
      edited: { rate: '140' },
    });
  });

  it('is no edit when the proposal is typed again, and can be reset', () => {
    expect(stateAfter(listed, proposed, edit('rate', '14'), edit('rate', '140')).edits[row]).toEqual({});
    const reset = stateAfter(listed, proposed, edit('rate', '14'), { kind: 'reset cell', row, property: 'rate' });
    expect(writeArgs(reset)?.rows[0]).toEqual({ tab: 'SOW lines', key: 'A-1/2', cells: { rate: 140 } });
  });

  it.each([
    [
      'rate',
      '-1',
      'Tab SOW lines, column Rate: found "-1"; allowed is a number from 0 up, the name of a rate card, or',
    ],
    ['fee', 'much', 'Tab SOW lines, column Fee: found "much"; allowed is a number from 0 up, or empty.'],
    ['ends', 'soon', 'Tab SOW lines, column Ends: found "soon"; allowed is a date such as 2026-10-14.'],
  ])('is refused in the words of the tab, and nothing can be written: %s "%s"', (property, typed, sentence) => {
    const text = show(stateAfter(listed, proposed, edit(property, typed)));
    expect(text).toContain(sentence);
    expect(text).toContain('Correct 1 cell first: A-1/2.');
    expect(button('Write 2 rows')?.disabled).toBe(true);
  });

  it('does not stop anything once its row is left out', () => {
    show(stateAfter(listed, proposed, edit('fee', 'much'), { kind: 'toggle proposed row', row }));
    expect(button('Write 1 row')?.disabled).toBe(false);
  });

  it('may be one that the document left empty', () => {
    const state = stateAfter(listed, proposed, edit('capHours', '99'));
    expect(show(state)).toContain('Cap hours: 80 → 99 edited by you');
    expect(writeArgs(state)?.rows[0]?.edited).toEqual({ capHours: '80' });
  });

  it('is kept when writing fails, also while another view is looked at', () => {
    const refusedWrite: Event = { kind: 'refused', call: 'sowWrite', message: 'No.' };
    const state = stateAfter(listed, proposed, edit('rate', '145'), refusedWrite, { kind: 'show', view: 'status' });
    expect(state.edits[row]).toEqual({ rate: '145' });
    expect(state.proposal).not.toBeNull();
  });
});

describe('a row that is added by hand', () => {
  const add: Event = { kind: 'add row', tab: 'SOW lines' };

  it('gets the next free number, opens for its cells, and is written as added', () => {
    const title: Event = { kind: 'edit cell', row: 'SOW lines A-1/3', property: 'title', text: 'Training' };
    const state = stateAfter(listed, proposed, add, title);
    expect(show(state)).toContain('added by you');
    expect(place.querySelector('fieldset select')?.textContent).toContain('fixed monthly');
    expect(writeArgs(state)?.rows.at(-1)).toEqual({
      tab: 'SOW lines',
      key: 'A-1/3',
      cells: { title: 'Training' },
      edited: { title: '' },
      isNew: true,
      byHand: true,
    });
  });

  it('may be called otherwise, but not as another row is', () => {
    const named = (text: string): Event => ({ kind: 'edit cell', row: 'SOW lines A-1/3', property: 'line', text });
    expect(writeArgs(stateAfter(listed, proposed, add, named('A-1/9')))?.rows.at(-1)?.key).toBe('A-1/9');
    expect(show(stateAfter(listed, proposed, add, named('a-1/2')))).toContain(
      'Tab SOW lines, column Line: found "a-1/2"; allowed is a name that no other row has.',
    );
  });

  it('a rate needs its card and its amount', () => {
    expect(
      problemsOf(stateAfter(listed, proposed, { kind: 'add row', tab: 'Rates' })).map((one) => one.sentence),
    ).toEqual([
      'Tab Rates, column Rate card: found nothing; allowed is a text (it may not be empty).',
      'Tab Rates, column Rate: found nothing; allowed is a number from 0 up.',
    ]);
  });
});

describe('what would make the tabs wrong', () => {
  it('is asked of the server, one call at a time, and nothing can be written before it has answered', () => {
    const first = update(stateAfter(listed), proposed);
    expect(first.effects).toMatchObject([{ request: { name: 'sowCheck', args: { client: 'Acme', sow: 'A-1' } } }]);
    show(first.state);
    expect(place.textContent).toContain('Checking against the tabs');
    expect(button('Write 2 rows')?.disabled).toBe(true);
    const row = 'SOW lines A-1/2';
    const typed = update(first.state, { kind: 'edit cell', row, property: 'rate', text: '145' });
    expect(typed.effects).toEqual([]);
    const answer: Event = { kind: 'answered', answer: { name: 'sowCheck', value: { problems: [] } } };
    const again = update(typed.state, answer);
    expect(again.effects).toMatchObject([
      { request: { name: 'sowCheck', args: { rows: [{ cells: { rate: 145 } }, {}] } } },
    ]);
    // Where the check itself fails, writing checks again.
    const failed = update(again.state, { kind: 'refused', call: 'sowCheck', message: 'No.' });
    expect(failed.effects).toEqual([]);
    show(failed.state);
    expect(button('Write 2 rows')?.disabled).toBe(false);
  });

  const milestone: ProposedRow = {
    ...plan,
    key: 'A-1/5',
    title: 'Report',
    fields: [{ property: 'billing', header: 'Billing', before: '', value: 'milestone', problem: '' }],
  };
  const shown: Event = {
    kind: 'answered',
    answer: { name: 'sowPropose', value: { ...proposal, rows: [help, milestone] } },
  };

  it('is said at its row in the words of Status, and nothing can be written until it is mended', () => {
    const text = show(stateAfter(listed, shown));
    expect(text).toContain('Tab SOW lines, A-1/5, column Fee: found nothing; allowed is');
    expect(text).toContain('Fee not found in the text: fill it in, or leave the row out.');
    expect(text).toContain('Correct 1 cell first: A-1/5. Or leave the row out.');
    expect(button('Write 2 rows')?.disabled).toBe(true);
    const row = 'SOW lines A-1/5';
    const mended = show(stateAfter(listed, shown, { kind: 'edit cell', row, property: 'fee', text: '900' }));
    expect(mended).not.toContain('found nothing');
    expect(button('Write 2 rows')?.disabled).toBe(false);
    show(stateAfter(listed, shown, { kind: 'toggle proposed row', row }));
    expect(button('Write 1 row')?.disabled).toBe(false);
  });

  it('cannot be written either when nothing is ticked; the text alone may be kept', () => {
    const toggle = (key: string): Event => ({ kind: 'toggle proposed row', row: `SOW lines ${key}` });
    show(stateAfter(listed, shown, toggle('A-1/5'), toggle('A-1/2')));
    expect(button('Write 0 rows')?.disabled).toBe(true);
    button('Keep the text only')?.click();
    expect(events).toMatchObject([{ call: { name: 'sowWrite', args: { rows: [], addText: true } } }]);
  });
});

describe('a doubtful row', () => {
  const from = (row: ProposedRow): Event => ({
    kind: 'answered',
    answer: { name: 'sowPropose', value: { ...proposal, rows: [row] } },
  });
  const rate = { property: 'rate', header: 'Rate', before: 120, value: 155, problem: '' } as const;
  const dated = {
    ...help,
    fields: [rate],
    doubtful: true,
    warnings: ['A date: 1 November 2026.'],
    splitFrom: '2026-11-01',
  };
  const row = 'SOW lines A-1/2';

  it('is not ticked, and says why', () => {
    const text = show(stateAfter(listed, from(dated)));
    expect(text).toContain('A date: 1 November 2026.');
    expect(place.querySelector<HTMLInputElement>('input[type=checkbox]')?.checked).toBe(false);
    expect(button('Write 0 rows')?.disabled).toBe(true);
  });

  it('with a price from a day on is two lines at the press of a button, and one again', () => {
    show(stateAfter(listed, from(dated)));
    button('End the old line on 2026-10-31 and add a new line from 2026-11-01')?.click();
    expect(events).toEqual([{ kind: 'remake row', row, how: 'split' }]);
    const state = stateAfter(listed, from(dated), { kind: 'remake row', row, how: 'split' });
    expect(show(state)).toContain('Ends: nothing → 2026-10-31');
    expect(writeArgs(state)?.rows).toEqual([
      { tab: 'SOW lines', key: 'A-1/2', cells: { ends: '2026-10-31' } },
      {
        tab: 'SOW lines',
        key: 'A-1/3',
        cells: { title: 'Help', billing: 'hourly', rate: 155, capHours: 80, starts: '2026-11-01' },
        isNew: true,
      },
    ]);
    expect(show(state)).toContain('counts for each by itself');
    expect(button('Write 2 rows')?.disabled).toBe(false);
    const back = update(state, { kind: 'remake row', row, how: 'as proposed' }).state;
    expect(writeArgs(back)?.rows).toEqual([]);
  });

  it('whose number is taken gets the next free one', () => {
    const asNew = [{ ...rate, before: '' }];
    const taken = { ...help, fields: [rate], doubtful: true, taken: 'A-1/3', asNew };
    const state = stateAfter(listed, from(taken), { kind: 'remake row', row, how: 'renumber' });
    expect(writeArgs(state)?.rows).toEqual([{ tab: 'SOW lines', key: 'A-1/3', cells: { rate: 155 }, isNew: true }]);
    show(state);
    expect(button('Write 1 row')?.disabled).toBe(false);
  });

  it('keeps its description unless the new one is taken over', () => {
    const words = {
      property: 'description',
      header: 'Description',
      before: 'Long and good',
      value: 'Short',
      problem: '',
    };
    const offered = { ...help, fields: [rate, { ...words, offered: true }] };
    const state = stateAfter(listed, from(offered));
    expect(show(state)).toContain('Description: nothing → Short');
    expect(writeArgs(state)?.rows[0]?.cells).toEqual({ rate: 155 });
    const over = update(state, { kind: 'toggle offered cell', row, property: 'description' }).state;
    expect(writeArgs(over)?.rows[0]?.cells).toEqual({ description: 'Short', rate: 155 });
  });
});

describe('the document', () => {
  const fill = (change: Partial<State['sowForm']>): Event => ({ kind: 'fill sow form', change });
  const read: Event = { kind: 'read document' };

  it('is sent as pasted, as a SOW of its own or as a part of another', () => {
    const filled = stateAfter(listed, fill({ client: 'Acme', text: 'The SOW text', sow: 'A-1' }));
    const document = { name: 'Pasted text', text: 'The SOW text', fromPdf: false };
    expect(update(filled, read).effects).toEqual([
      { kind: 'call', request: { name: 'sowPropose', args: { client: 'Acme', sow: 'A-1', document } } },
    ]);
  });

  it('as a PDF is copied first, then read; its text is kept when that fails', () => {
    const pdf = { name: 'a.pdf', pdfBase64: 'AAAA' };
    const copying = update(stateAfter(listed, fill({ client: 'Acme', pdf })), read);
    expect(copying.effects).toEqual([{ kind: 'call', request: { name: 'sowRead', args: pdf } }]);
    const document = { name: 'a.pdf', text: 'Copied', fromPdf: true };
    const reading = update(copying.state, { kind: 'answered', answer: { name: 'sowRead', value: document } });
    expect(reading.effects).toEqual([
      { kind: 'call', request: { name: 'sowPropose', args: { client: 'Acme', document } } },
    ]);
    const failed = update(reading.state, { kind: 'refused', call: 'sowPropose', message: 'Import it in parts.' });
    show(failed.state);
    expect(place.querySelector('textarea')?.value).toBe('Copied');
    expect(button('Read document')?.disabled).toBe(false);
  });
});

describe('earlier months', () => {
  const view = (rows: number, left: number): LearnView => ({
    rows,
    left,
    agree: rows,
    accepted: 0,
    acceptedWrong: 0,
    audited: 0,
    byClient: [],
    byLine: [],
    differing: [],
    pending: rows,
    used: 0,
    known: 0,
    replaced: 0,
    skipped: 0,
    problems: [],
  });
  const answer = (rows: number, left: number): Event => ({
    kind: 'answered',
    answer: { name: 'learn', value: view(rows, left) },
  });
  const pasted: Event = { kind: 'earlier months', csv: 'Date,…' };
  const start: Event = { kind: 'learn' };
  const again = [{ kind: 'call', request: { name: 'learn', args: { csv: 'Date,…' } } }];

  it('are gone on with by themselves until none is left, with progress', () => {
    const first = update(stateAfter(listed, pasted, start), answer(400, 600));
    expect(first.effects).toEqual(again);
    expect(show(first.state)).toContain('Matched 400 of 1000 rows.');
    const last = update(update(first.state, answer(800, 200)).state, answer(1000, 0));
    expect(last.effects).toEqual([]);
    expect(last.state.busy).toBe('');
  });

  it('stop when the person says so, and are gone on with later', () => {
    const stopped = update(
      stateAfter(listed, pasted, start, answer(400, 600), { kind: 'stop learning' }),
      answer(800, 200),
    );
    expect(stopped.effects).toEqual([]);
    expect(show(stopped.state)).toContain('Go on with 200 rows');
    expect(update(stopped.state, start).effects).toEqual(again);
  });

  it('stop when a call gets nowhere, or fails', () => {
    const stuck = update(stateAfter(listed, pasted, start, answer(400, 3)), answer(400, 3));
    expect([stuck.effects, stuck.state.notice?.tone]).toEqual([[], 'bad']);
    const failure: Event = { kind: 'refused', call: 'learn', message: 'Claude is not available.' };
    const failed = update(stateAfter(listed, pasted, start, answer(400, 600)), failure);
    expect(failed.state.notice?.text).toContain('What was matched so far is kept');
    expect(failed.state.busy).toBe('');
    expect(failed.effects).toEqual([{ kind: 'call', request: { name: 'learnLeft', args: {} } }]);
  });

  it('that waited when the sidebar was closed are offered when it opens again', () => {
    const left: Event = { kind: 'answered', answer: { name: 'learnLeft', value: { left: 80, pending: 0, used: 0 } } };
    expect(update(INITIAL, listed).effects).toEqual([{ kind: 'call', request: { name: 'learnLeft', args: {} } }]);
    const state = stateAfter(listed, left);
    expect(show(state)).toContain('80 rows of earlier months wait to be matched.');
    button('Go on with 80 rows')?.click();
    expect(events).toEqual([{ kind: 'learn' }]);
    expect(update(state, start).effects).toEqual([{ kind: 'call', request: { name: 'learn', args: { csv: '' } } }]);
  });
});

describe('what came of earlier months', () => {
  const view: LearnView = {
    rows: 3,
    left: 0,
    agree: 2,
    accepted: 1,
    acceptedWrong: 0,
    audited: 1,
    byClient: [{ name: 'Acme', rows: 3, agree: 2 }],
    byLine: [],
    differing: [],
    pending: 3,
    used: 0,
    known: 2,
    replaced: 1,
    skipped: 2,
    problems: ['Rows 4-5: there is no SOW line.'],
  };
  const compared: Event = { kind: 'answered', answer: { name: 'learn', value: view } };
  const pasted: Event = { kind: 'earlier months', csv: 'Date,…\n03/09/2026,…' };
  const done = (name: 'learnUse' | 'learnDiscard' | 'learnForget', used: number): Event => ({
    kind: 'answered',
    answer: { name, value: { left: 0, pending: 0, used, said: 'Done.' } },
  });

  it('is shown as a share first, and used only when the person says so', () => {
    const text = show(stateAfter(listed, pasted, { kind: 'learn' }, compared));
    expect(text).toContain('67 %: 2 of 3 rows as they were billed.');
    expect(text).toContain('Acme: 67 %, 2 of 3');
    expect(text).toContain('2 rows had been given before; 1 of them with another line, which this one replaces.');
    expect(text).toContain('2 rows left out');
    expect(text).toContain('Rows 4-5: there is no SOW line.');
    expect(text).toContain('3 matched rows are not used yet.');
    button('Use these as examples')?.click();
    button('Discard')?.click();
    expect(events).toEqual([
      { kind: 'do', busy: 'use learnt', call: { name: 'learnUse', args: {} } },
      { kind: 'do', busy: 'discard learnt', call: { name: 'learnDiscard', args: {} } },
    ]);
  });

  it('once used can be forgotten, after asking once more', () => {
    const used = stateAfter(listed, pasted, compared, done('learnUse', 3));
    expect([used.learning.csv, used.notice?.text]).toEqual(['', 'Done.']);
    expect(show(used)).toContain('3 rows of earlier months serve as examples.');
    expect(button('Forget them')).toBeUndefined();
    show(update(used, { kind: 'ask', question: 'forget' }).state);
    button('Forget them')?.click();
    expect(events).toEqual([{ kind: 'do', busy: 'forget learnt', call: { name: 'learnForget', args: {} } }]);
    const text = show(update(used, done('learnForget', 0)).state);
    expect(text).not.toContain('serve as examples.');
  });

  it('stays in the box when it is discarded, and dates with slashes are asked about', () => {
    const state = stateAfter(listed, pasted, compared, done('learnDiscard', 0));
    expect(show(state)).not.toContain('as they were billed');
    expect(place.querySelectorAll('textarea')[1]?.value).toContain('03/09/2026');
    const chosen = update(state, { kind: 'order of dates', dates: 'day first' }).state;
    expect(update(chosen, { kind: 'learn' }).effects).toMatchObject([
      { request: { name: 'learn', args: { dates: 'day first' } } },
    ]);
  });
});

it('without clients it says what to do first', () => {
  const none: Event = { kind: 'answered', answer: { name: 'sowList', value: { clients: [], sows: [] } } };
  expect(show(stateAfter(none))).toContain('Add your clients to the tab Clients first');
});
