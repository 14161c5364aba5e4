// @vitest-environment happy-dom
import { render } from 'preact';
import { expect, it } from 'vitest';
import type { InvoiceView } from '../../src/lib/calls.ts';
import { INITIAL, type Event as SidebarEvent } from '../../src/sidebar/state.ts';
import { Sidebar } from '../../src/sidebar/view/Sidebar.tsx';

const DRAFT: InvoiceView = {
  invoice: '2026-10 Acme',
  client: 'Acme',
  period: '2026-10',
  status: 'draft',
  currency: 'USD',
  hours: 12,
  total: 1793.33,
  fees: 1793.33,
  expenses: 0,
  adjustments: 0,
  warnings: [],
  holds: [],
  decided: null,
  message: '',
  number: '',
  link: '',
  lines: [],
};

function show(invoice: Partial<InvoiceView>) {
  const place = document.createElement('div');
  const events: SidebarEvent[] = [];
  const invoices = { kind: 'ready', value: { invoices: [{ ...DRAFT, ...invoice }] } } as const;
  render(
    <Sidebar state={{ ...INITIAL, view: 'invoices', invoices }} dispatch={(event) => events.push(event)} />,
    place,
  );
  const card = place.querySelector('article');
  if (card === null) throw new Error('no invoice');
  const button = (name: string) => [...card.querySelectorAll('button')].find((one) => one.textContent.trim() === name);
  return { card, events, button };
}

it('a draft says what was decided on it, and lets a person decide otherwise', async () => {
  const { card, events, button } = show({ decided: { decisions: ['bill'], alternatives: ['absorb'] } });
  expect(card.textContent).toContain('Decided: bill the overage.');
  expect(button('Do not bill it')).toBeUndefined();
  button('Decide again')?.click();
  await expect.poll(() => button('Do not bill it')).toBeDefined();
  button('Do not bill it')?.click();
  expect(events).toEqual([
    {
      kind: 'do',
      busy: 'hold',
      call: { name: 'decideHold', args: { invoice: '2026-10 Acme', decision: 'absorb' } },
    },
  ]);
});

it('a draft on which nothing had to be decided says nothing of it', () => {
  const { card, button } = show({});
  expect(card.textContent).not.toContain('Decided');
  expect(button('Decide again')).toBeUndefined();
});
