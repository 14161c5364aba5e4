/** What the sidebar knows and what can happen to it. Plain data; `update` turns one into the next. */
import type {
  CallName,
  Calls,
  Decision,
  InvoicesView,
  JobView,
  ReviewRow,
  ReviewView,
  SowListView,
  StatusView,
} from '../lib/calls.ts';
import type { DateOrder, LearnView } from '../lib/learning/model.ts';
import type { ProposedRow, RowProblem, SowProposal, SowTab } from '../lib/sow-import/model.ts';
import type { SowUndo } from '../lib/sow-import/undo.ts';

/** What the server was asked for: each state shows on screen. */
export type Remote<T> =
  | { readonly kind: 'idle' }
  | { readonly kind: 'loading'; readonly last: T | null }
  | { readonly kind: 'ready'; readonly value: T }
  | { readonly kind: 'failed'; readonly message: string; readonly last: T | null };

export type ViewName = 'review' | 'invoices' | 'sowList' | 'status';

/** A sentence at the top: what happened, and what can be pressed next. */
export interface Notice {
  readonly tone: 'good' | 'bad' | 'plain';
  readonly text: string;
  /** What *Undo* takes back; empty: there is no such button. */
  readonly undo: readonly Decision[];
}

/** Decisions that were taken with one press, so that they can be taken back. */
export interface Taken {
  readonly decisions: readonly Decision[];
  /** The rows as they were before. */
  readonly rows: readonly ReviewRow[];
  readonly words: string;
}

/** A part of a split as it is being filled in. */
export interface SplitPart {
  readonly line: string;
  readonly hours: string;
  /** The person has typed the hours; otherwise the last part takes what is left. */
  readonly typed: boolean;
}

/** What is to be imported, kept until it is written. */
export interface SowForm {
  /** Empty: the first of the list. */
  readonly client: string;
  /** The SOW that the document belongs to; empty: one of its own. */
  readonly sow: string;
  readonly name: string;
  readonly text: string;
  readonly fromPdf: boolean;
  /** A PDF whose text was not copied yet. */
  readonly pdf: { readonly name: string; readonly pdfBase64: string } | null;
}

/** Matching of earlier months, several calls in a row. */
export interface Learning {
  readonly csv: string;
  /** What was given when it was started last; null when it was not. */
  readonly started: string | null;
  /** It goes on by itself while rows are left. */
  readonly going: boolean;
  /** Rows that wait to be matched, as far as is known. */
  readonly left: number;
  /** Matched rows that are not used before the person says so. */
  readonly pending: number;
  /** Rows that serve as examples. */
  readonly used: number;
  /** How dates with slashes are read; empty: only where there is one way. */
  readonly dates: DateOrder | '';
}

/** What a person typed into cells of the proposal: by name of the row, then by property. */
export type Edits = Readonly<Record<string, Readonly<Record<string, string>>>>;

export interface State {
  readonly view: ViewName;
  readonly status: Remote<StatusView>;
  readonly review: Remote<ReviewView>;
  readonly invoices: Remote<InvoicesView>;
  readonly sowList: Remote<SowListView>;
  /** What a document would put into the tabs; nothing of it is written yet. */
  readonly proposal: SowProposal | null;
  /** Rows of the proposal that are not to be written, by `proposalRowName`. */
  readonly leftOut: readonly string[];
  readonly edits: Edits;
  /** Rows that the person has as two from a day on, or under another number: by name, with the key that the new row got. */
  readonly remade: Readonly<Record<string, { readonly how: 'split' | 'renumber'; readonly key: string }>>;
  /** What the server said of the rows as they would stand, with the rows that it was asked about. */
  readonly checked: { readonly rows: string; readonly problems: readonly RowProblem[] };
  /** The rows that it is being asked about; empty when it is not. */
  readonly checking: string;
  /** Offered cells that the person takes over, as `name of the row, property`. */
  readonly takenOver: readonly string[];
  /** Rows that the person added to the proposal. */
  readonly addedRows: readonly ProposedRow[];
  readonly sowForm: SowForm;
  /** The way back for the last import, while the sidebar is open. */
  readonly sowUndo: SowUndo | null;
  readonly learnt: LearnView | null;
  readonly learning: Learning;
  readonly job: JobView | null;
  /** The sidebar is about to look at the job again, or is asking. */
  readonly following: boolean;
  readonly notice: Notice | null;
  /** The group whose card is open for decisions; '' when there is none. */
  readonly card: string;
  /** Groups whose single rows are shown. */
  readonly openGroups: readonly string[];
  /** The group whose list of lines is open; '' when there is none. */
  readonly choosing: string;
  /** Rows that the next decision on their group leaves out, by `rowName`. */
  readonly unticked: readonly string[];
  /** Rows that became cards of their own. */
  readonly apart: readonly string[];
  /** Splits that are being filled in, by the name of the row; kept until the server has taken them. */
  readonly splits: Readonly<Record<string, readonly SplitPart[]>>;
  /** Invoices whose lines are shown. */
  readonly openInvoices: readonly string[];
  /** Decisions on their way to the server. */
  readonly saving: readonly Decision[];
  /** Decisions taken meanwhile; sent when the first ones have arrived. */
  readonly queue: readonly Decision[];
  /** Rows that the server has settled since the list was read, by `rowName`. */
  readonly settled: readonly string[];
  /** What can be taken back, the last one last. */
  readonly past: readonly Taken[];
  /** What is being taken back on the server. */
  readonly undoing: readonly Taken[];
  /** The row whose card is shown as soon as the list has it; '' for none. */
  readonly returning: string;
  /** Something was decided since the list was asked for: it must be asked for again. */
  readonly outdated: boolean;
  /** The question that must be answered before something large is done. */
  readonly confirm: 'push' | 'approve all' | 'forget' | `undo ${string}` | null;
  /** The call a button is waiting for; buttons are off meanwhile. */
  readonly busy: string;
  /** Where the person gives QuickBooks their consent. */
  readonly quickBooksUrl: string;
}

export type Event =
  | { readonly kind: 'opened' }
  | { readonly kind: 'show'; readonly view: ViewName }
  | { readonly kind: 'refresh' }
  | { readonly kind: 'select card'; readonly group: string }
  | { readonly kind: 'next card'; readonly by: 1 | -1 }
  | { readonly kind: 'toggle group'; readonly group: string }
  | { readonly kind: 'choose'; readonly group: string }
  | { readonly kind: 'tick'; readonly rows: readonly ReviewRow[]; readonly on: boolean }
  | { readonly kind: 'start split'; readonly row: ReviewRow }
  | { readonly kind: 'fill split'; readonly row: string; readonly parts: readonly SplitPart[] }
  | { readonly kind: 'drop split'; readonly row: ReviewRow }
  | { readonly kind: 'leave card' }
  | { readonly kind: 'tell'; readonly text: string; readonly open?: string }
  | { readonly kind: 'decide'; readonly decisions: readonly Decision[]; readonly words: string }
  | { readonly kind: 'undo' }
  | { readonly kind: 'toggle invoice'; readonly invoice: string }
  | { readonly kind: 'ask'; readonly question: State['confirm'] }
  | { readonly kind: 'dismiss' }
  | { readonly kind: 'do'; readonly call: Request; readonly busy: string }
  | { readonly kind: 'answered'; readonly answer: Answer }
  | { readonly kind: 'refused'; readonly call: CallName; readonly message: string }
  | { readonly kind: 'toggle proposed row'; readonly row: string }
  | { readonly kind: 'edit cell'; readonly row: string; readonly property: string; readonly text: string }
  | { readonly kind: 'reset cell'; readonly row: string; readonly property: string }
  | { readonly kind: 'add row'; readonly tab: SowTab }
  | { readonly kind: 'remake row'; readonly row: string; readonly how: 'split' | 'renumber' | 'as proposed' }
  | { readonly kind: 'toggle offered cell'; readonly row: string; readonly property: string }
  | { readonly kind: 'drop proposal' }
  | { readonly kind: 'fill sow form'; readonly change: Partial<SowForm> }
  | { readonly kind: 'read document' }
  | { readonly kind: 'earlier months'; readonly csv: string }
  | { readonly kind: 'order of dates'; readonly dates: DateOrder | '' }
  | { readonly kind: 'learn' }
  | { readonly kind: 'stop learning' }
  | { readonly kind: 'time passed' };

/** A call with its arguments. */
export type Request = { [N in CallName]: { readonly name: N; readonly args: Calls[N]['args'] } }[CallName];
/** A call with its answer. */
export type Answer = { [N in CallName]: { readonly name: N; readonly value: Calls[N]['value'] } }[CallName];

/** What is to be done outside after an update. */
export type Effect =
  | { readonly kind: 'call'; readonly request: Request }
  | { readonly kind: 'wait'; readonly waitMs: number };

/** What an event leads to. */
export interface Next {
  readonly state: State;
  readonly effects: readonly Effect[];
}

export const INITIAL: State = {
  view: 'review',
  status: { kind: 'idle' },
  review: { kind: 'idle' },
  invoices: { kind: 'idle' },
  sowList: { kind: 'idle' },
  proposal: null,
  leftOut: [],
  edits: {},
  remade: {},
  checked: { rows: '', problems: [] },
  checking: '',
  takenOver: [],
  addedRows: [],
  sowForm: { client: '', sow: '', name: '', text: '', fromPdf: false, pdf: null },
  sowUndo: null,
  learnt: null,
  learning: { csv: '', started: null, going: false, left: 0, pending: 0, used: 0, dates: '' },
  job: null,
  following: false,
  notice: null,
  card: '',
  openGroups: [],
  choosing: '',
  unticked: [],
  apart: [],
  splits: {},
  openInvoices: [],
  saving: [],
  queue: [],
  settled: [],
  past: [],
  undoing: [],
  returning: '',
  outdated: false,
  confirm: null,
  busy: '',
  quickBooksUrl: '',
};

/** What is known of something asked for, also while it is asked for again. */
export function known<T>(remote: Remote<T>): T | null {
  if (remote.kind === 'ready') return remote.value;
  return remote.kind === 'idle' ? null : remote.last;
}

/** A call is on its way or a job is at work: nothing else can be started meanwhile. Nothing is kept from anybody while a job only waits. */
export function isBusy(state: State): boolean {
  return state.busy !== '' || state.job?.state === 'running';
}

/** The job runs, or goes on by itself. */
export function isActive(job: JobView | null): job is JobView {
  return job !== null && (job.state === 'running' || job.state === 'waiting');
}

/** The job has come to its end, good or bad; a blocked one has not. */
export function isOver(job: JobView): boolean {
  return job.state === 'done' || job.state === 'failed' || job.state === 'cancelled';
}

/** The name of a row over both tables. */
export function rowName(row: { readonly table: string; readonly key: string }): string {
  return `${row.table} ${row.key}`;
}

/** The name of a proposed row over the three tabs. */
export function proposalRowName(row: { readonly tab: string; readonly key: string }): string {
  return `${row.tab} ${row.key}`;
}
