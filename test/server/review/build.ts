import type { Job } from '../../../src/lib/jobs/model.ts';
import { NO_USAGE } from '../../../src/lib/jobs/model.ts';
import { createUsageCounter } from '../../../src/lib/jobs/usage.ts';
import type { ExpenseRow, RecordRow, TimeRow } from '../../../src/lib/pull/model.ts';
import { readSettings, type Settings } from '../../../src/lib/workbook/settings.ts';
import type { RowOf } from '../../../src/lib/workbook/tables.ts';
import { entryRecords, expenses, sowLines, sows, sowTexts, timeEntries } from '../../../src/lib/workbook/tables.ts';
import type { ClaudeClient, ClaudeOutcome, ClaudeRequestBody } from '../../../src/server/clients/claude-model.ts';
import type { StepContext } from '../../../src/server/jobs/step.ts';
import { type MemoryWorkbook, memoryWorkbook } from './memory-workbook.ts';

export function timeRow(facts: Partial<TimeRow> & { readonly key: string }): TimeRow {
  return {
    period: '2026-10',
    date: '2026-10-14',
    person: 'Ana Ruiz',
    role: 'Consultant',
    client: 'Acme',
    project: 'Strategy',
    task: 'Consulting',
    notes: `Deck review of ${facts.key}`,
    hours: 2,
    rateInSource: 150,
    billable: true,
    sowLine: '',
    confidence: null,
    reason: '',
    flags: '',
    status: 'new',
    decidedBy: '',
    billedHours: null,
    coveredHours: null,
    amount: null,
    invoice: '',
    seen: null,
    ...facts,
  };
}

export function expenseRow(facts: Partial<ExpenseRow> & { readonly key: string }): ExpenseRow {
  const { role, task, hours, rateInSource, billedHours, coveredHours, ...shared } = timeRow({ key: facts.key });
  return { ...shared, category: 'Travel', cost: 40, ...facts };
}

export function sourceOf(row: TimeRow, more: object = {}): RecordRow {
  const { key, date, person, client, project, task, notes, hours, billable } = row;
  const source = {
    date,
    person,
    roles: ['Consultant'],
    client,
    project,
    projectCode: '',
    task,
    notes,
    hours,
    roundedHours: 2.25,
    rate: 150,
    billable,
    updatedAt: '',
    gone: false,
  };
  return {
    record: `time ${key}`,
    source: JSON.stringify({ ...source, ...more }),
    billedAs: '',
    answered: '',
    asked: '',
    opinions: '',
    audit: '',
  };
}

type LineRow = RowOf<typeof sowLines>;

export function lineRow(facts: Partial<LineRow> & { readonly line: string }): LineRow {
  return {
    sow: 'ACME-1',
    title: 'Advice',
    description: '',
    billing: 'hourly',
    rate: 150,
    fee: null,
    feeTiming: 'in arrears',
    includedHours: null,
    includedAmount: null,
    retainer: '',
    overage: 'bill',
    rolloverMonths: null,
    rolloverCap: null,
    completedOn: '',
    capHours: null,
    capAmount: null,
    overCap: 'hold',
    minimum: null,
    markupPercent: null,
    prorate: false,
    billedBeforeHours: null,
    billedBeforeAmount: null,
    quickBooksItem: '',
    starts: '',
    ends: '',
    ...facts,
  };
}

export function sowRow(facts: Partial<RowOf<typeof sows>> = {}): RowOf<typeof sows> {
  return {
    sow: 'ACME-1',
    client: 'Acme',
    projects: '',
    title: 'Strategy',
    poNumber: '',
    starts: '',
    ends: '',
    roundHours: '',
    cap: null,
    overCap: 'hold',
    discountPercent: null,
    document: '',
    active: true,
    ...facts,
  };
}

export interface Content {
  readonly time?: readonly TimeRow[];
  readonly expenses?: readonly ExpenseRow[];
  readonly records?: readonly RecordRow[];
  readonly sows?: readonly RowOf<typeof sows>[];
  readonly lines?: readonly LineRow[];
  readonly texts?: readonly RowOf<typeof sowTexts>[];
}

export function workbookWith(content: Content): MemoryWorkbook {
  return memoryWorkbook([
    { table: sows, rows: content.sows ?? [sowRow()] },
    {
      table: sowLines,
      rows: content.lines ?? [lineRow({ line: 'ACME-1/1' }), lineRow({ line: 'ACME-1/2', title: 'Deck' })],
    },
    { table: timeEntries, rows: content.time ?? [] },
    { table: expenses, rows: content.expenses ?? [] },
    { table: entryRecords, rows: content.records ?? [] },
    { table: sowTexts, rows: content.texts ?? [] },
  ]);
}

export function settings(facts: Partial<Settings> = {}): Settings {
  return { ...readSettings([]).settings, firstPeriod: '2026-10', auditSample: 0, ...facts };
}

const job: Job = {
  id: 'job-1',
  kind: 'month-end',
  period: '2026-10',
  state: 'running',
  startedBy: '',
  startedAtMs: 0,
  endedAtMs: null,
  stepIndex: 2,
  cursor: null,
  failures: 0,
  waits: 0,
  executions: 1,
  progress: '',
  doneCount: null,
  totalCount: null,
  message: '',
  nextAtMs: null,
  usage: NO_USAGE,
};

export interface Said {
  readonly ref: string;
  readonly note: string;
  readonly lines: readonly string[];
  readonly model: string;
}

export type Says = { readonly line: string; readonly confidence?: number } | null;

/** A model that is told what to say about each entry; `whole` replaces the outcome of a request. */
export function claudeThat(
  says: (entry: Said) => Says,
  whole: (body: ClaudeRequestBody, asked: readonly Said[], nth: number) => ClaudeOutcome | null = () => null,
): ClaudeClient & { readonly asked: Said[][]; readonly bodies: ClaudeRequestBody[] } {
  const asked: Said[][] = [];
  const bodies: ClaudeRequestBody[] = [];
  const usage = { input: 100, cacheWrite: 0, cacheRead: 0, output: 10 };
  return {
    asked,
    bodies,
    models: () => [],
    messages: (all) =>
      all.map((body) => {
        const entries = entriesOf(body);
        asked.push(entries);
        bodies.push(body);
        const replaced = whole(body, entries, asked.length);
        if (replaced !== null) return replaced;
        const answers = entries.flatMap((entry) => {
          const said = says(entry);
          return said === null ? [] : [{ ref: entry.ref, reason: 'why', confidence: 0.95, ...said }];
        });
        return { kind: 'answer', text: JSON.stringify({ answers }), stopReason: 'end_turn', model: body.model, usage };
      }),
  };
}

/** The rows that are asked about; none where only a sign of life is wanted. */
function entriesOf(body: ClaudeRequestBody): Said[] {
  const messages = body['messages'] as { content: string | { text: string }[] }[];
  const content = messages[0]?.content ?? '';
  if (typeof content === 'string') return [];
  const last = content.at(-1)?.text ?? '';
  const { entries } = JSON.parse(last) as { entries: Omit<Said, 'model'>[] };
  return entries.map((entry) => ({ ...entry, model: body.model }));
}

export function stepContext(
  workbook: MemoryWorkbook,
  claude: ClaudeClient | null,
  own: Partial<Settings> = {},
  jobId = 'job-1',
): StepContext & { readonly notes: { what: string; after?: string }[] } {
  const notes: { what: string; after?: string }[] = [];
  return {
    notes,
    workbook,
    settings: settings(own),
    period: '2026-10',
    job: { ...job, id: jobId },
    clock: { now: () => 0, sleep: () => undefined },
    deadlineMs: 270_000,
    timeLeft: () => 270_000,
    who: 'ana@firm.example',
    clients: {
      harvest: () => {
        throw new Error('Harvest is not asked here');
      },
      claude: () => {
        if (claude === null) throw new Error('Claude is not connected');
        return claude;
      },
      quickbooks: () => {
        throw new Error('QuickBooks is not asked here');
      },
      tieQuickBooks: () => undefined,
    },
    progress: () => undefined,
    log: (note) => {
      notes.push(note);
    },
    tell: () => undefined,
    usage: createUsageCounter(NO_USAGE),
  };
}
