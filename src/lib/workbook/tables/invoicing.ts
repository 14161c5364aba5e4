import { day, hours, money, month, name, number, requiredChoice, text, when } from '../codecs.ts';
import { defineTable } from '../define.ts';
import { invoiceStatusWords, lineKindWords } from '../words.ts';

/** Invoices: drafts and what became of them in QuickBooks. */
export const invoices = defineTable({
  tab: 'Invoices',
  about: 'Drafts, and what became of them in QuickBooks. Approve them in the sidebar.',
  key: ['invoice'],
  columns: {
    invoice: name('Invoice', {
      about: 'Name of the invoice: period and client, with the SOW where there is one per SOW.',
      required: true,
      width: 220,
    }),
    period: month('Period', { about: 'Month that it bills.', required: true }),
    client: name('Client', { about: 'Who is billed.', width: 180 }),
    sow: name('SOW', { about: 'The SOW, where there is one invoice per SOW.' }),
    currency: name('Currency', { about: 'Currency of the client.', width: 80 }),
    hours: hours('Hours', { about: 'All hours of its entries.' }),
    fees: money('Fees', { about: 'Time, overage, fees, milestones and minimums.' }),
    expenses: money('Expenses', { about: 'Expenses with markup.' }),
    adjustments: money('Adjustments', { about: 'Covered by retainers, discounts, caps and corrections.' }),
    total: money('Total', { about: 'Sum of its lines.' }),
    warnings: text('Warnings', { about: 'What to look at before you approve, and why it is held.', width: 320 }),
    status: requiredChoice('Status', invoiceStatusWords, {
      about: 'draft, held (something must be decided first), approved, pushing, pushed, failed, paid, voided.',
      width: 95,
    }),
    quickBooksNumber: name('QuickBooks number', { about: 'Number of the invoice in QuickBooks.', width: 120 }),
    quickBooksLink: text('QuickBooks link', {
      about: 'Opens the invoice in QuickBooks.',
      width: 220,
      tooLong: 'refuse',
    }),
    pushedBy: name('Pushed by', { about: 'Who pushed it.', width: 180 }),
    pushedAt: when('Pushed at', { about: 'When it was pushed; while it is pushing, when it was sent.' }),
    message: text('Message', { about: 'What happened last, and what to do.', width: 320 }),
  },
});

/** Invoice lines: the lines of every invoice, with how each was worked out. */
export const invoiceLines = defineTable({
  tab: 'Invoice lines',
  about: 'The lines of every invoice, with how each was worked out.',
  key: ['invoice', 'no'],
  columns: {
    invoice: name('Invoice', { about: 'The invoice it stands on.', required: true, width: 220 }),
    no: number('No', { about: 'Place on the invoice, from 1.', required: true, whole: true, min: 1, width: 50 }),
    sowLine: name('SOW line', { about: 'The SOW line, or the SOW on lines for the whole SOW.' }),
    kind: requiredChoice('Kind', lineKindWords, { about: 'What the line is.', width: 95 }),
    description: text('Description', { about: 'What the client reads.', width: 360 }),
    quantity: number('Quantity', { about: 'Hours or pieces.', format: '#,##0.00##' }),
    unitPrice: money('Unit price', { about: 'Money per hour or piece.' }),
    amount: money('Amount', { about: 'Quantity times unit price, rounded once.' }),
    quickBooksItem: name('QuickBooks item', { about: 'Product or service in QuickBooks.' }),
    from: day('From', { about: 'First day that the line stands for.' }),
    to: day('To', { about: 'Last day that the line stands for.' }),
    entries: text('Entries', { about: 'Keys of the entries or expenses on it.', width: 200 }),
    howComputed: text('How computed', { about: 'The sum in words.', width: 420 }),
  },
});

/** Balances: what each line carries from period to period; one row per line and period that was pushed. */
export const balances = defineTable({
  tab: 'Balances',
  about:
    'What each line carries from period to period; one row per line (or SOW with a cap) and period that was pushed.',
  key: ['line', 'period'],
  columns: {
    line: name('Line', { about: 'The SOW line, or the SOW where the cap of a SOW is counted.', required: true }),
    period: month('Period', { about: 'Month that was pushed.', required: true }),
    openingHours: hours('Opening hours', { about: 'Carried in from earlier months.' }),
    addedHours: hours('Added hours', { about: 'Included hours of the month.' }),
    usedHours: hours('Used hours', { about: 'Hours drawn.' }),
    expiredHours: hours('Expired hours', { about: 'Ran out, or dropped by the rollover cap.' }),
    closingHours: hours('Closing hours', { about: 'Carried on; below 0 where overage is carried.' }),
    openingAmount: money('Opening amount', { about: 'Carried in from earlier months.' }),
    addedAmount: money('Added amount', { about: 'Included amount of the month.' }),
    usedAmount: money('Used amount', { about: 'Money drawn.' }),
    expiredAmount: money('Expired amount', { about: 'Ran out, or dropped by the rollover cap.' }),
    closingAmount: money('Closing amount', { about: 'Carried on.' }),
    tierHours: hours('Tier hours', { about: "The month's hours on a tiered line." }),
    hoursToDate: hours('Hours to date', { about: 'Billed hours over the life of the line, Billed before included.' }),
    billedToDate: money('Billed to date', { about: 'Money billed over the life of the line, Billed before included.' }),
    feeBilledFor: name('Fee billed for', { about: 'Months whose fee was billed, comma separated.', width: 130 }),
  },
});

/** Activity: who did what, appended only. */
export const activity = defineTable({
  tab: 'Activity',
  about: 'Who did what, and when. Rows are only ever added.',
  key: [],
  columns: {
    when: when('When', { about: 'Date and time.' }),
    who: name('Who', { about: 'A person, or the product.', width: 200 }),
    what: text('What', { about: 'What was done.', width: 240 }),
    where: text('Where', { about: 'Tab and row, or invoice.', width: 200 }),
    before: text('Before', { about: 'What stood there.', width: 240 }),
    after: text('After', { about: 'What stands there now.', width: 240 }),
  },
});

/** The tab Dashboard is no table: it is laid out anew after every run. */
export const dashboard = {
  tab: 'Dashboard',
  about: 'The month at a glance, worked out anew after every run.',
} as const;
