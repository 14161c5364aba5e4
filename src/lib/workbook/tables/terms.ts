import {
  choice,
  currencyCode,
  day,
  hours,
  money,
  name,
  number,
  numberOrName,
  requiredChoice,
  text,
  yesNo,
} from '../codecs.ts';
import { defineTable } from '../define.ts';
import { settingValue } from '../setting-value.ts';
import {
  billingWords,
  feeTimingWords,
  groupLinesByWords,
  invoicePerWords,
  overageWords,
  overCapWords,
  roundHoursWords,
  tieringWords,
  tiersCountWords,
  timeDetailWords,
} from '../words.ts';

const owner = 'person';

/** Settings: what the firm decides once. */
export const settings = defineTable({
  tab: 'Settings',
  about: 'What the firm decides once.',
  key: ['setting'],
  columns: {
    setting: name('Setting', { about: 'Name of the setting; leave as it is.', required: true, width: 190 }),
    value: settingValue('Value', { about: 'Your choice; empty: the default.', owner, width: 220 }),
    whatItDoes: text('What it does', { about: 'What the setting means and what is allowed.', width: 560 }),
  },
});

/** Clients: who is billed, and how their invoices look. */
export const clients = defineTable({
  tab: 'Clients',
  about: 'Who is billed, and how their invoices look.',
  key: ['client'],
  columns: {
    client: name('Client', { about: "The client's name in the time source.", owner, required: true, width: 200 }),
    quickBooksCustomer: name('QuickBooks customer', {
      about: 'Display name of the customer in QuickBooks.',
      owner,
      width: 200,
    }),
    currency: currencyCode('Currency', {
      about: 'Three letters such as USD; empty: two decimals, the QuickBooks home currency.',
      owner,
      width: 80,
    }),
    terms: name('Terms', {
      about: 'Name of the payment terms in QuickBooks; empty: those of the customer.',
      owner,
      width: 100,
    }),
    billEmail: name('Bill email', {
      about: 'Where QuickBooks will send the invoice; empty: the address of the customer.',
      owner,
      width: 200,
    }),
    invoicePer: choice('Invoice per', invoicePerWords, {
      about: 'One invoice per client (default) or one per SOW.',
      owner,
      empty: 'client',
    }),
    groupLinesBy: choice('Group lines by', groupLinesByWords, {
      about: 'Whether lines for time are split further: by line item (default: not), by person or by entry.',
      owner,
      empty: 'line item',
    }),
    taxCode: name('Tax code', { about: 'Name of the tax code in QuickBooks; empty: none is set.', owner, width: 100 }),
    timeDetail: choice('Time detail', timeDetailWords, {
      about: 'Whether the invoice shows the single entries: none (default), in description, attached.',
      owner,
      empty: 'none',
    }),
  },
});

/** SOWs: the agreements with each client. */
export const sows = defineTable({
  tab: 'SOWs',
  about: 'The agreements (statements of work) with each client.',
  key: ['sow'],
  columns: {
    sow: name('SOW', { about: 'Short unique name of the SOW.', owner, required: true, width: 110 }),
    client: name('Client', {
      about: 'The client it belongs to, as in the tab Clients.',
      owner,
      required: true,
      width: 200,
      from: { tab: 'Clients', header: 'Client' },
    }),
    projects: text('Projects', {
      about: "Project names or codes of the time source, comma separated; empty: all of the client's projects.",
      owner,
      width: 220,
    }),
    title: text('Title', { about: 'Title as the client knows it.', owner, width: 220 }),
    poNumber: name('PO number', { about: "The client's purchase order; stands on the invoice.", owner, width: 110 }),
    starts: day('Starts', { about: 'First day of the SOW; empty: open.', owner }),
    ends: day('Ends', { about: 'Last day of the SOW; empty: open.', owner }),
    roundHours: choice('Round hours', roundHoursWords, {
      about: 'Rounding of hours for this SOW; empty: the setting.',
      owner,
      empty: '',
      width: 160,
    }),
    cap: money('Cap', {
      about: 'Not-to-exceed amount over the life of the SOW, expenses not counted; empty: none.',
      owner,
      min: 0,
    }),
    overCap: choice('Over cap', overCapWords, {
      about: 'What happens above the cap: hold (default, someone decides) or absorb.',
      owner,
      empty: 'hold',
    }),
    discountPercent: number('Discount %', {
      about: 'Discount on the SOW after caps; 10 stands for ten per cent.',
      owner,
      min: 0,
      max: 100,
      percent: true,
    }),
    document: text('Document', { about: 'State of the stored SOW text.', width: 180 }),
    active: yesNo('Active', { about: 'no: entries are no longer matched to this SOW.', owner, empty: true }),
  },
});

/** SOW lines: what is billed under each SOW, and how. */
export const sowLines = defineTable({
  tab: 'SOW lines',
  about: 'What is billed under each SOW, and how.',
  key: ['line'],
  columns: {
    line: name('Line', {
      about: 'Short unique name of the line, such as ACME-1/2.',
      owner,
      required: true,
      width: 110,
    }),
    sow: name('SOW', {
      about: 'The SOW it belongs to, as in the tab SOWs.',
      owner,
      required: true,
      width: 110,
      from: { tab: 'SOWs', header: 'SOW' },
    }),
    title: text('Title', { about: 'Title of the line; stands on the invoice.', owner, width: 200 }),
    description: text('Description', {
      about: 'What work belongs here, in words; the classifier reads it.',
      owner,
      width: 320,
    }),
    billing: requiredChoice('Billing', billingWords, { about: 'How the line is billed.', owner, width: 120 }),
    rate: numberOrName('Rate', {
      about: "A number, the name of a rate card, or empty (the time source's rate on the entry).",
      owner,
      nameOf: 'rate card',
    }),
    fee: money('Fee', { about: 'The fee of a retainer, fixed monthly or milestone line.', owner, min: 0 }),
    feeTiming: choice('Fee timing', feeTimingWords, {
      about: 'in arrears (default): the run of a month bills that month; in advance: the month after it.',
      owner,
      empty: 'in arrears',
    }),
    includedHours: hours('Included hours', { about: 'Hours a retainer includes per month.', owner, min: 0 }),
    includedAmount: money('Included amount', { about: 'Money a retainer includes per month.', owner, min: 0 }),
    retainer: name('Retainer', {
      about: 'On a covered line: the retainer line it draws on.',
      owner,
      width: 110,
      from: { tab: 'SOW lines', header: 'Line' },
    }),
    overage: choice('Overage', overageWords, {
      about: 'Hours above the retainer: bill (default), absorb, hold (someone decides), carry (worked off later).',
      owner,
      empty: 'bill',
    }),
    rolloverMonths: number('Rollover months', {
      about: 'Months for which unused hours or money stay available; empty or 0: they expire.',
      owner,
      min: 0,
      whole: true,
    }),
    rolloverCap: number('Rollover cap', {
      about: 'At most this much is carried over in all; empty: no limit; 0: none.',
      owner,
      min: 0,
    }),
    completedOn: day('Completed on', { about: 'The day a milestone was reached; it is then billed once.', owner }),
    capHours: hours('Cap hours', {
      about: 'Billed hours over the life of the line stop here; empty: none.',
      owner,
      min: 0,
    }),
    capAmount: money('Cap amount', {
      about: 'Not-to-exceed amount over the life of the line; empty: none.',
      owner,
      min: 0,
    }),
    overCap: choice('Over cap', overCapWords, {
      about: 'What happens above a cap of the line: hold (default, someone decides) or absorb.',
      owner,
      empty: 'hold',
    }),
    minimum: money('Minimum', {
      about: 'Time of the line is billed at least at this amount per active month.',
      owner,
      min: 0,
    }),
    markupPercent: number('Markup %', {
      about: 'Markup on pass-through expenses; 10 stands for ten per cent.',
      owner,
      min: 0,
      percent: true,
    }),
    prorate: yesNo('Prorate', {
      about: 'yes: part of a month is billed by its days; no (default): in full.',
      owner,
      empty: false,
    }),
    billedBeforeHours: hours('Billed before hours', {
      about: 'Hours billed by hand before First period; count towards tiers and caps.',
      owner,
      min: 0,
    }),
    billedBeforeAmount: money('Billed before amount', {
      about: 'Money billed by hand before First period; counts towards caps.',
      owner,
      min: 0,
    }),
    quickBooksItem: name('QuickBooks item', {
      about: 'Name of the product or service in QuickBooks.',
      owner,
      width: 150,
    }),
    starts: day('Starts', { about: 'First day of the line; empty: open.', owner }),
    ends: day('Ends', { about: 'Last day of the line; empty: open.', owner }),
  },
});

/** Rates: rate cards, also the tiers of tiered lines. */
export const rates = defineTable({
  tab: 'Rates',
  about:
    'Rate cards, also the tiers of tiered lines. The most specific row wins: Person, then Role, then Task, then any.',
  key: ['rateCard', 'person', 'role', 'task', 'fromHours', 'fromDate'],
  columns: {
    rateCard: name('Rate card', {
      about: 'Name of the card, as the Rate of a SOW line names it.',
      owner,
      required: true,
    }),
    person: name('Person', { about: 'Empty: any person.', owner }),
    role: name('Role', { about: 'Empty: any role.', owner }),
    task: name('Task', { about: 'Empty: any task.', owner }),
    fromHours: hours('From hours', {
      about: 'Above 0 makes it a tier: the rate for hours over this number.',
      owner,
      min: 0,
    }),
    tiersCount: choice('Tiers count', tiersCountWords, {
      about: 'Hours of the month (default), or of the life of the SOW.',
      owner,
      empty: 'month',
    }),
    tiering: choice('Tiering', tieringWords, {
      about: 'graduated (default): each tier its own hours; volume: all hours at the tier reached (only with month).',
      owner,
      empty: 'graduated',
    }),
    rate: money('Rate', { about: 'Money per hour.', owner, min: 0, required: true }),
    fromDate: day('From date', { about: 'First day of this rate; empty: always.', owner }),
  },
});
