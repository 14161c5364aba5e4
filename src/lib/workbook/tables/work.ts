import { choice, day, hours, money, month, name, number, text, when, yesNo } from '../codecs.ts';
import { defineTable } from '../define.ts';
import { entryStatusWords } from '../words.ts';

const period = month('Period', { about: 'Month of the date.' });
const date = day('Date', { about: 'Day of the work or expense.', required: true });
const person = name('Person', { about: 'Who did it.' });
const client = name('Client', { about: 'Client in the time source.' });
const project = name('Project', { about: 'Project in the time source.' });
const notes = text('Notes', { about: 'Notes as typed in the time source.', width: 320 });
const billable = yesNo('Billable', { about: 'The mark in the time source; the SOW line decides.', empty: true });
const sowLine = name('SOW line', {
  about: 'The line it is billed on. Change it by hand to decide; that counts as a decision.',
  owner: 'both',
  from: { tab: 'SOW lines', header: 'Line' },
});
const confidence = number('Confidence', {
  about: 'How sure the classifier is, 0 to 1.',
  min: 0,
  max: 1,
  format: '0.00',
});
const reason = text('Reason', { about: 'Why this line.', width: 280 });
const flags = text('Flags', { about: 'What needs a look, comma separated.', width: 180 });
const status = choice('Status', entryStatusWords, {
  about: 'new, auto (decided by the classifier), flagged (waits for you), approved, excluded (never billed), invoiced.',
  owner: 'both',
  empty: 'new',
  width: 95,
});
const decidedBy = text('Decided by', { about: 'Who decided: a person, or the classifier.', width: 160 });
const invoice = name('Invoice', { about: 'The invoice that bills it.', width: 180 });
const seen = when('Seen', { about: 'When the source last said so.' });

/** Time entries: one row per entry of the time source. */
export const timeEntries = defineTable({
  tab: 'Time entries',
  about: 'One row per time entry of the time source. SOW line and Status may be changed by hand.',
  key: ['key'],
  columns: {
    key: name('Key', { about: 'Where it comes from: harvest:1001, qbtime:7 or import:…', required: true, width: 130 }),
    period,
    date,
    person,
    role: text('Role', { about: 'Roles of the person in the time source, comma separated.', width: 120 }),
    client,
    project,
    task: name('Task', { about: 'Task in the time source.' }),
    notes,
    hours: hours('Hours', { about: 'Hours as tracked.', required: true }),
    rateInSource: money('Rate in source', { about: 'Billable rate on the entry in the time source.' }),
    billable,
    sowLine,
    confidence,
    reason,
    flags,
    status,
    decidedBy,
    billedHours: hours('Billed hours', { about: 'Hours billed on its invoice or draft.' }),
    coveredHours: hours('Covered hours', { about: 'Hours covered by a retainer.' }),
    amount: money('Amount', { about: 'Its share of the amount of its invoice line.' }),
    invoice,
    seen,
  },
});

/** Expenses: one row per expense of the time source. */
export const expenses = defineTable({
  tab: 'Expenses',
  about: 'One row per expense of the time source. SOW line and Status may be changed by hand.',
  key: ['key'],
  columns: {
    key: name('Key', { about: 'Where it comes from: harvest:55.', required: true, width: 130 }),
    period,
    date,
    person,
    client,
    project,
    category: name('Category', { about: 'Expense category in the time source.' }),
    notes,
    cost: money('Cost', { about: 'What was paid, before markup.', required: true }),
    billable,
    sowLine,
    confidence,
    reason,
    flags,
    status,
    decidedBy,
    amount: money('Amount', { about: 'What is billed for it, markup included.' }),
    invoice,
    seen,
  },
});
