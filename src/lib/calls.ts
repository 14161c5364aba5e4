/**
 * The calls that the sidebar may make of the server, and what each answers: plain JSON, no `Date`, no `undefined`.
 * One door: `call('{"name":"review","args":{}}')` answers `{"ok":true,"value":…}` or `{"ok":false,"message":"…"}`.
 * Days are text `2026-10-14`, months `2026-10`, instants milliseconds since 1970, money plain numbers in the invoice's currency, hours decimal hours.
 */
import type { JobKind, JobState, StepName } from './jobs/model.ts';
import type { LearnArgs, LearnDoneView, LearnLeftView, LearnView } from './learning/model.ts';
import type { ConfirmedRow, RowProblem, SowDocument, SowProposal } from './sow-import/model.ts';
import type { SowUndo } from './sow-import/undo.ts';

export type ServiceKey = 'harvest' | 'claude' | 'quickbooks';

/** Every call by name: the shape of its arguments and of its answer. */
export interface Calls {
  readonly status: { readonly args: NoArgs; readonly value: StatusView };
  readonly setUp: { readonly args: NoArgs; readonly value: SetUpView };

  readonly connectHarvest: { readonly args: ConnectHarvestArgs; readonly value: ConnectionView };
  readonly connectClaude: { readonly args: ConnectClaudeArgs; readonly value: ConnectionView };
  readonly startQuickBooks: { readonly args: StartQuickBooksArgs; readonly value: StartQuickBooksView };
  readonly testConnection: { readonly args: { readonly service: ServiceKey }; readonly value: ConnectionView };
  readonly disconnect: { readonly args: { readonly service: ServiceKey }; readonly value: ConnectionView };

  readonly startMonthEnd: { readonly args: { readonly period?: string }; readonly value: JobView };
  readonly continueJob: { readonly args: NoArgs; readonly value: JobView };
  readonly cancelJob: { readonly args: NoArgs; readonly value: JobView };

  readonly review: { readonly args: NoArgs; readonly value: ReviewView };
  readonly decide: { readonly args: { readonly decisions: readonly Decision[] }; readonly value: DecideView };

  readonly invoices: { readonly args: NoArgs; readonly value: InvoicesView };
  readonly decideHold: { readonly args: DecideHoldArgs; readonly value: InvoicesView };
  readonly approve: { readonly args: { readonly invoices: readonly string[] | 'all' }; readonly value: InvoicesView };
  readonly unapprove: { readonly args: { readonly invoices: readonly string[] }; readonly value: InvoicesView };
  /** Deletes a pushed invoice in QuickBooks that nobody has touched there; it is a draft again. Needs the right to push. */
  readonly undoPush: { readonly args: { readonly invoice: string }; readonly value: InvoicesView };
  readonly updateDrafts: { readonly args: NoArgs; readonly value: UpdateDraftsView };

  readonly push: { readonly args: NoArgs; readonly value: JobView };
  readonly sync: { readonly args: NoArgs; readonly value: JobView };

  readonly sowList: { readonly args: NoArgs; readonly value: SowListView };
  /** The text of a PDF, as a model copies it: kept by the sidebar, so that it is not lost if its terms cannot be read at once. */
  readonly sowRead: { readonly args: SowReadArgs; readonly value: SowDocument };
  readonly sowPropose: { readonly args: SowProposeArgs; readonly value: SowProposal };
  /** What would be wrong with the tabs after writing these rows, by the rules of *Status*. */
  readonly sowCheck: {
    readonly args: Pick<SowWriteArgs, 'client' | 'sow' | 'rows'>;
    readonly value: { readonly problems: readonly RowProblem[] };
  };
  readonly sowWrite: { readonly args: SowWriteArgs; readonly value: SowWriteView };
  /** Puts the rows back as they were before an import, if nobody has changed them since. */
  readonly sowUndo: { readonly args: SowUndo; readonly value: { readonly said: string } };
  readonly learn: { readonly args: LearnArgs; readonly value: LearnView };
  /** What is kept of earlier months. */
  readonly learnLeft: { readonly args: NoArgs; readonly value: LearnLeftView };
  /** Matched rows serve as examples and checked rows from now on. */
  readonly learnUse: { readonly args: NoArgs; readonly value: LearnDoneView };
  /** Lets go of what is not used yet. */
  readonly learnDiscard: { readonly args: NoArgs; readonly value: LearnDoneView };
  /** Takes back what is used, and the rest with it. */
  readonly learnForget: { readonly args: NoArgs; readonly value: LearnDoneView };
}

export type CallName = keyof Calls;
export type ArgsOf<N extends CallName> = Calls[N]['args'];
export type ValueOf<N extends CallName> = Calls[N]['value'];
export type NoArgs = Readonly<Record<string, never>>;

/** What `call` answers, as parsed JSON. */
export type CallAnswer<N extends CallName> =
  | { readonly ok: true; readonly value: ValueOf<N> }
  | { readonly ok: false; readonly message: string };

/** All names, for the dispatcher and for tests; the compiler refuses a missing or an extra one. */
export const CALL_NAMES = Object.keys({
  status: true,
  setUp: true,
  connectHarvest: true,
  connectClaude: true,
  startQuickBooks: true,
  testConnection: true,
  disconnect: true,
  startMonthEnd: true,
  continueJob: true,
  cancelJob: true,
  review: true,
  decide: true,
  invoices: true,
  decideHold: true,
  approve: true,
  unapprove: true,
  undoPush: true,
  updateDrafts: true,
  push: true,
  sync: true,
  sowList: true,
  sowRead: true,
  sowPropose: true,
  sowCheck: true,
  sowWrite: true,
  sowUndo: true,
  learn: true,
  learnLeft: true,
  learnUse: true,
  learnDiscard: true,
  learnForget: true,
} satisfies Record<CallName, true>) as readonly CallName[];

// ---- status -------------------------------------------------------------------------------------------------

export interface StatusView {
  /** All tabs stand. */
  readonly setUp: boolean;
  /** Sentences about missing tabs and headers and wrong cells; at most 20, then one that says how many more. */
  readonly problems: readonly string[];
  readonly connections: Readonly<Record<ServiceKey, ConnectionView>>;
  readonly job: JobView | null;
  readonly lastRun: LastRunView | null;
  /** When the monthly trigger fires next, in ms; null when it is missing. */
  readonly nextRun: number | null;
  /** Last month's run is missing although its day has passed. */
  readonly overdue: boolean;
  /** Time entries and expenses of `period` together. */
  readonly counts: Readonly<Record<'new' | 'flagged' | 'auto' | 'approved' | 'excluded' | 'invoiced', number>>;
  /** Of them: settled on a line, and of these without a person, whatever became of them since. As on the Dashboard. */
  readonly decided: { readonly all: number; readonly withoutPerson: number };
  /** Rows of months before `period` that still wait for a person or the next run. */
  readonly olderWaiting: number;
  /** Rows of all other months, whatever became of them. */
  readonly otherRows: number;
  readonly invoices: Readonly<Record<'draft' | 'held' | 'approved' | 'pushed' | 'failed', number>>;
  /** The month that *Run month-end* would run: the active job's, else the previous month in the spreadsheet's time zone. */
  readonly period: string;
  /** The months that may be run, newest first: from First period to the last full one; at least `period`. */
  readonly months: readonly string[];
  /** Name of the spreadsheet's time zone (`America/New_York`), in which all its people read times. */
  readonly timeZone: string;
  /** Email of the person who looks; empty when Google does not say. */
  readonly user: string;
  /** This person may push, by the setting *Who may push*. */
  readonly mayPush: boolean;
}

export interface ConnectionView {
  readonly connected: boolean;
  /** What was reached ("Brook & Hale (Ana Ruiz, administrator)"), or what to do. Never a secret. */
  readonly text: string;
  /** A key is kept that the service refused when it was last used; it can be tested, replaced or forgotten. */
  readonly stored?: boolean;
}

export interface LastRunView {
  readonly job: JobKind;
  readonly period: string;
  readonly startedAt: number;
  readonly endedAt: number | null;
  readonly outcome: string;
  readonly message: string;
}

export interface SetUpView {
  /** What was created, in words; empty when everything stood already. */
  readonly created: readonly string[];
}

// ---- connections --------------------------------------------------------------------------------------------

export interface ConnectHarvestArgs {
  readonly accountId: string;
  readonly token: string;
}

export interface ConnectClaudeArgs {
  readonly key: string;
}

export interface StartQuickBooksArgs {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly environment: 'sandbox' | 'production';
}

export interface StartQuickBooksView {
  /** Where the person gives consent; opened in a new tab. The connection is made when they come back. */
  readonly url: string;
}

// ---- jobs ---------------------------------------------------------------------------------------------------

export interface JobView {
  readonly id: string;
  readonly kind: JobKind;
  readonly period: string;
  readonly state: JobState;
  /** The step that runs or stopped; null when all are done. */
  readonly step: StepName | null;
  /** "Matched 320 of 1,574 entries"; empty before the first chunk. */
  readonly progress: string;
  readonly done: number | null;
  readonly total: number | null;
  /** Why it waits, is blocked or has failed, or how it ended; empty while it runs. */
  readonly message: string;
  /** When it goes on by itself, in ms; null unless waiting. */
  readonly nextAt: number | null;
}

// ---- review -------------------------------------------------------------------------------------------------

export interface ReviewView {
  /** What waits for a person, alike rows beside each other. */
  readonly rows: readonly ReviewRow[];
  /** How many wait in all; more than `rows.length` when the list was cut. */
  readonly total: number;
  /** Every line of the clients of these rows, whatever its dates: a person may choose also one that is not open on the day. */
  readonly lines: readonly ClientLine[];
}

export interface ClientLine extends LineChoice {
  /** As the rows spell it. */
  readonly client: string;
  /** What goes on the line. */
  readonly table: EntryTable;
  /** First and last day on which line and SOW are both open; empty: no limit. */
  readonly starts: string;
  readonly ends: string;
  /** Its SOW is active. */
  readonly active: boolean;
}

export type EntryTable = 'time' | 'expense';

export interface ReviewRow {
  readonly table: EntryTable;
  /** `harvest:1001`; with `table` it names the row. */
  readonly key: string;
  readonly date: string;
  readonly person: string;
  readonly client: string;
  readonly project: string;
  /** The task, or an expense's category. */
  readonly task: string;
  readonly notes: string;
  /** Null for an expense. */
  readonly hours: number | null;
  /** Null for a time entry. */
  readonly cost: number | null;
  readonly flags: readonly string[];
  readonly reason: string;
  readonly suggestion: { readonly line: string; readonly title: string } | null;
  /** 0 to 1. */
  readonly confidence: number | null;
  /** The sentence of the SOW that the suggestion rests on, where one is known. */
  readonly sowSentence?: string;
  /** Every line that could be chosen, the suggestion included. */
  readonly alternatives: readonly LineChoice[];
  readonly status: string;
  /** Rows with the same group are alike; one decision may settle them all. */
  readonly group: string;
  /** Present when the entry was changed in the time source after it was billed; both texts are for reading. */
  readonly changed?: { readonly before: string; readonly after: string };
}

export interface LineChoice {
  readonly line: string;
  readonly title: string;
  readonly sow: string;
}

export type DecisionAction =
  | { readonly action: 'accept' }
  | { readonly action: 'line'; readonly line: string }
  | { readonly action: 'exclude' }
  | { readonly action: 'split'; readonly parts: readonly { readonly line: string; readonly hours: number }[] }
  | { readonly action: 'changed'; readonly answer: 'ignore' | 'bill difference' }
  /** Takes a decision back; a split is joined again. `before`: what the row said until then. */
  | { readonly action: 'reopen'; readonly before?: { readonly line: string; readonly flags: readonly string[] } };

export type Decision = { readonly table: EntryTable; readonly key: string } & DecisionAction;

export interface DecideView {
  /** How many rows were decided. */
  readonly done: number;
  /** A sentence for each decision that could not be carried out; the others were. */
  readonly problems: readonly string[];
}

// ---- invoices -----------------------------------------------------------------------------------------------

export interface InvoicesView {
  readonly invoices: readonly InvoiceView[];
}

export type HoldDecision = 'bill' | 'absorb' | 'raise cap';

export interface DecideHoldArgs {
  readonly invoice: string;
  readonly decision: HoldDecision;
}

export interface InvoiceView {
  /** `2026-10 Client`; names the invoice. */
  readonly invoice: string;
  readonly client: string;
  readonly period: string;
  readonly status: string;
  readonly currency: string;
  readonly hours: number;
  readonly total: number;
  readonly fees: number;
  readonly expenses: number;
  readonly adjustments: number;
  readonly warnings: readonly string[];
  /** Why it is held; empty unless held. */
  readonly holds: readonly HoldView[];
  /** What a person decided on this draft; null where nothing was held, and once it is approved. */
  readonly decided: DecidedView | null;
  /** What went wrong or what to do, as a sentence; empty when all is well. */
  readonly message: string;
  /** QuickBooks number; empty before the push. */
  readonly number: string;
  /** Address of the invoice in QuickBooks; empty before the push. */
  readonly link: string;
  readonly lines: readonly InvoiceLineView[];
}

export interface HoldView {
  /** `overage`: more hours than the retainer; `cap`: over a cap; `waiting`: entries of the client wait for review; `negative`: total below 0. */
  readonly kind: string;
  readonly text: string;
  /** The decisions that a person may take here; empty when nothing can be pressed (review the entries first). */
  readonly decisions: readonly HoldDecision[];
}

export interface DecidedView {
  /** Mostly one; two where an overage and a cap were decided apart. */
  readonly decisions: readonly HoldDecision[];
  /** What may be decided instead, until the invoice is approved. */
  readonly alternatives: readonly HoldDecision[];
}

export interface InvoiceLineView {
  readonly no: number;
  /** SOW line; empty where the line belongs to none. */
  readonly line: string;
  readonly kind: string;
  readonly description: string;
  readonly quantity: number | null;
  readonly unitPrice: number | null;
  readonly amount: number;
  readonly howComputed: string;
}

export interface UpdateDraftsView {
  /** Invoices whose total changed; `before` null: new; `after` null: gone. */
  readonly changes: readonly {
    readonly invoice: string;
    readonly before: number | null;
    readonly after: number | null;
  }[];
}

// ---- SOW import ---------------------------------------------------------------------------------------------

export interface SowListView {
  readonly clients: readonly string[];
  readonly sows: readonly {
    readonly sow: string;
    readonly client: string;
    readonly title: string;
    /** State of the stored text; empty where there is none. */
    readonly document: string;
  }[];
}

export interface SowProposeArgs {
  readonly client: string;
  /** The SOW that the document amends; left out for a new one. */
  readonly sow?: string;
  readonly document: SowDocument;
}

export interface SowReadArgs {
  readonly name: string;
  readonly pdfBase64: string;
}

export interface SowWriteArgs {
  readonly client: string;
  readonly sow: string;
  readonly document: SowDocument;
  /** The text goes after the one that is stored, as an amendment; otherwise it takes its place. */
  readonly addText: boolean;
  readonly rows: readonly ConfirmedRow[];
  /** Keys of proposed rows that the person left out; for Activity. */
  readonly leftOut?: readonly string[];
}

export interface SowWriteView {
  /** What was changed: "the SOW, 5 SOW lines". */
  readonly written: string;
  readonly characters: number;
  /** The way back. */
  readonly undo: SowUndo;
}
