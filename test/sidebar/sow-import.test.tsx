// @vitest-environment happy-dom
import { render } from 'preact';
import { beforeEach, expect, it } from 'vitest';
import type { ProposedRow, SowProposal } from '../../src/lib/sow-import/model.ts';
import { type Event, INITIAL, type State } from '../../src/sidebar/state.ts';
import { update } from '../../src/sidebar/update.ts';
import { SowImport } from '../../src/sidebar/view/SowImport.tsx';

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
  quotes: [
    { text: 'Help is $140 per hour.', stands: true },
    { text: 'Up to 99 hours.', stands: false },
  ],
  notes: [],
};
const plan: ProposedRow = { ...help, key: 'A-1/1', title: 'Plan', kind: 'new', holdsFrom: '', fields: [], quotes: [] };
const proposal: SowProposal = {
  client: 'Acme',
  sow: 'A-1',
  amends: true,
  amendment: true,
  document: { name: 'Amendment', text: 'Help is $140 per hour. <script>alert(1)</script>', fromPdf: true },
  rows: [help, plan],
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
const after = (...happened: readonly Event[]) =>
  happened.reduce<State>((state, event) => update(state, event).state, { ...INITIAL, view: 'sowList' });
const listed: Event = { kind: 'answered', answer: { name: 'sowList', value: list } };
const proposed: Event = { kind: 'answered', answer: { name: 'sowPropose', value: proposal } };
const button = (words: string) => [...place.querySelectorAll('button')].find((one) => one.textContent?.includes(words));

it('a proposal shows old and new values, the quoted sentences, and what is not borne out', () => {
  const text = show(after(listed, proposed));
  expect(text).toContain('Changes to A-1');
  expect(text).toContain('changes from 2026-11-01');
  expect(text).toContain('Rate: 120 → 140');
  expect(text).toContain('Cap hours: stays 80. The model said "99"');
  expect(text).toContain('Up to 99 hours. (does not stand in the document)');
  expect(text).toContain('what Claude read in the PDF');
  expect(place.querySelector('script')).toBeNull();
});

it('only what is ticked and borne out is written', () => {
  show(after(listed, proposed, { kind: 'toggle proposed row', row: 'SOW lines A-1/1' }));
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
        },
      },
    },
  ]);
});

it('nothing is written when the proposal is dropped', () => {
  show(after(listed, proposed));
  button('Do not write')?.click();
  expect(events).toEqual([{ kind: 'drop proposal' }]);
  expect(after(listed, proposed, { kind: 'drop proposal' }).proposal).toBeNull();
});

it('after writing, the list is asked for anew and a sentence says what was written', () => {
  const written: Event = {
    kind: 'answered',
    answer: { name: 'sowWrite', value: { written: 'the SOW', characters: 9 } },
  };
  const next = update(after(listed, proposed), written);
  expect(next.state.notice?.text).toBe('Written: the SOW. Look at the tabs, then press Update drafts.');
  expect(next.effects).toEqual([{ kind: 'call', request: { name: 'sowList', args: {} } }]);
});

it('a pasted text is sent as a document of its own, or as an amendment', () => {
  show(after(listed));
  const area = place.querySelector('textarea');
  if (area === null) throw new Error('There is no place to paste into.');
  area.value = 'The SOW text';
  area.dispatchEvent(new window.Event('input', { bubbles: true }));
  show(after(listed));
  return new Promise<void>((resolve) => setTimeout(resolve, 0)).then(() => {
    button('Read document')?.click();
    place.querySelector('form')?.dispatchEvent(new window.Event('submit', { bubbles: true, cancelable: true }));
    expect(events[0]).toMatchObject({
      kind: 'do',
      call: { name: 'sowPropose', args: { client: 'Acme', document: { name: 'Pasted text', text: 'The SOW text' } } },
    });
  });
});

it('without clients it says what to do first', () => {
  const none: Event = { kind: 'answered', answer: { name: 'sowList', value: { clients: [], sows: [] } } };
  expect(show(after(none))).toContain('Add your clients to the tab Clients first');
});
