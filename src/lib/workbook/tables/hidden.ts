import { money, month, name, number, requiredChoice, text, when } from '../codecs.ts';
import { defineTable } from '../define.ts';
import { holdDecisionWords } from '../words.ts';

/** Entry records: what the source said about each entry, what was billed, and what was asked about it. */
export const entryRecords = defineTable({
  tab: 'Entry records',
  hidden: true,
  about: 'What the source said about each entry, what was billed, and what the models answered.',
  key: ['record'],
  columns: {
    record: name('Record', { about: 'time or expense, and the key.', required: true }),
    source: text('Source', { about: 'What the source said last, as JSON.', tooLong: 'refuse' }),
    billedAs: text('Billed as', { about: 'The same at billing, with the line, as JSON.', tooLong: 'refuse' }),
    answered: name('Answered', { about: 'The state of the source that a person answered for.' }),
    asked: name('Asked', { about: 'Fingerprint of the last question to a model.' }),
    opinions: text('Opinions', { about: 'What the models answered, as JSON.', tooLong: 'refuse' }),
    audit: text('Audit', { about: 'Drawn for checking: what the models had answered, as JSON.', tooLong: 'refuse' }),
  },
});

/** Frozen terms: the terms that each pushed invoice was made from, in pieces under the cell limit. */
export const frozenTerms = defineTable({
  tab: 'Frozen terms',
  hidden: true,
  about: 'The terms that each invoice was made from, in pieces.',
  key: ['invoice', 'part'],
  columns: {
    invoice: name('Invoice', { about: 'The invoice.', required: true }),
    part: number('Part', { about: 'Number of the piece, from 1.', required: true, whole: true, min: 1 }),
    text: text('Text', { about: 'A piece of the JSON.', tooLong: 'refuse' }),
  },
});

/** Decisions: what people decided on held drafts. */
export const decisions = defineTable({
  tab: 'Decisions',
  hidden: true,
  about: 'What people decided on held drafts.',
  key: ['invoice', 'decision'],
  columns: {
    invoice: name('Invoice', { about: 'The held draft.', required: true }),
    decision: requiredChoice('Decision', holdDecisionWords, { about: 'What was decided.' }),
    who: name('Who', { about: 'Who decided.' }),
    when: when('When', { about: 'When.' }),
  },
});

/** SOW texts: the stored documents, in pieces under the cell limit. */
export const sowTexts = defineTable({
  tab: 'SOW texts',
  hidden: true,
  about: 'The stored SOW documents, in pieces.',
  key: ['sow', 'part'],
  columns: {
    sow: name('SOW', { about: 'The SOW.', required: true }),
    part: number('Part', { about: 'Number of the piece, from 1.', required: true, whole: true, min: 1 }),
    text: text('Text', { about: 'A piece of the document.', tooLong: 'refuse' }),
    added: when('Added', { about: 'When it was stored.' }),
  },
});

/** Runs: the record of jobs, with what each cost. */
export const runs = defineTable({
  tab: 'Runs',
  hidden: true,
  about: 'The record of jobs, with what each cost.',
  key: ['run'],
  columns: {
    run: name('Run', { about: 'Id of the run.', required: true }),
    job: name('Job', { about: 'What was run.' }),
    period: month('Period', { about: 'Month it was run for.' }),
    started: when('Started', { about: 'Start.' }),
    ended: when('Ended', { about: 'End.' }),
    by: name('By', { about: 'Who started it.' }),
    outcome: name('Outcome', { about: 'How it ended.' }),
    message: text('Message', { about: 'What happened.' }),
    executions: number('Executions', { about: 'Number of script executions.', whole: true }),
    harvestRequests: number('Harvest requests', { about: 'Requests to Harvest.', whole: true }),
    claudeRequests: number('Claude requests', { about: 'Requests to Claude.', whole: true }),
    quickBooksRequests: number('QuickBooks requests', { about: 'Requests to QuickBooks.', whole: true }),
    inputTokens: number('Input tokens', { about: 'Tokens read by the models, cache not counted.', whole: true }),
    cachedTokens: number('Cached tokens', { about: 'Tokens read from the cache.', whole: true }),
    outputTokens: number('Output tokens', { about: 'Tokens written by the models.', whole: true }),
    costUsd: money('Cost USD', { about: 'Cost of the models in US dollars.' }),
  },
});
