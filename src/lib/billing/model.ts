import type { Charge } from './priced.ts';
import type { SowState } from './state.ts';

/**
 * What the billing engine takes and gives: plain, JSON-able, readonly. The rules are in docs/billing-rules.md.
 *
 * Words: a *day* is `YYYY-MM-DD`, a *month* or *period* is `YYYY-MM`. An empty cell is `null` or `''`, both are accepted.
 */

/** A calendar day, `YYYY-MM-DD`. */
export type Day = string;
/** A calendar month, `YYYY-MM`. */
export type Month = string;
/** A number going in: a double (its shortest decimal text counts, so 0.1 is one tenth) or its decimal text. */
export type Decimal = number | string;
/** A number coming out: exact decimal text such as `'4.5'` or `'-185.00'`; `Number(text)` is right for a cell or for JSON. */
export type DecimalText = string;

// ---------------------------------------------------------------- what goes in

/** All that is needed to draft one client's invoices of one period. */
export interface ClientBooks {
  /** The client's name in the time source. */
  readonly client: string;
  /** The period that is being drafted. */
  readonly period: Month;
  /** Setting `First period`: nothing before it is ever billed. */
  readonly firstPeriod: Month;
  /** The terms as the tabs hold them now. */
  readonly today: Terms;
  /** All time entries of the client up to and including `period`, in any order. */
  readonly entries: readonly TimeEntry[];
  /** All expenses of the client up to and including `period`, in any order. */
  readonly expenses: readonly Expense[];
  /** Rows of the Balances tab of the client's lines and SOWs whose invoice is not voided. */
  readonly balances: readonly BalanceRow[];
  /** The client's invoices of all periods, also voided ones (their names stay taken). */
  readonly invoices: readonly ExistingInvoice[];
  /** What people decided on held drafts. */
  readonly decisions: readonly HoldDecision[];
}

/** The rows and settings that an invoice is made from; they are frozen with it. Rows stand in the order of their tabs. */
export interface Terms {
  readonly settings: BillingSettings;
  readonly client: ClientTerms;
  readonly sows: readonly SowTerms[];
  readonly sowLines: readonly LineTerms[];
  readonly rates: readonly RateRow[];
}

export type RoundHours =
  | 'as tracked'
  | 'as rounded by Harvest'
  | 'up to 6 min'
  | 'up to 15 min'
  | 'nearest 6 min'
  | 'nearest 15 min';

export interface BillingSettings {
  readonly roundHours: RoundHours;
  readonly invoiceDate: 'last day of period' | 'first day after period';
}

/** A row of the tab Clients. */
export interface ClientTerms {
  readonly client: string;
  readonly quickBooksCustomer: string;
  /** ISO 4217 code; it decides the decimals of money. Empty counts as two decimals. */
  readonly currency: string;
  readonly terms: string;
  readonly billEmail: string;
  readonly invoicePer: 'client' | 'SOW' | '';
  readonly groupLinesBy: 'line item' | 'person' | 'entry' | '';
  readonly taxCode: string;
  readonly timeDetail: 'none' | 'in description' | 'attached' | '';
}

export type OverCap = 'hold' | 'absorb';

/** A row of the tab SOWs. */
export interface SowTerms {
  readonly sow: string;
  readonly client: string;
  readonly title: string;
  readonly poNumber: string;
  readonly starts: Day | '' | null;
  readonly ends: Day | '' | null;
  /** Empty: the setting. */
  readonly roundHours: RoundHours | '';
  /** Money over the life of the SOW. */
  readonly cap: Decimal | null;
  /** Empty: `hold`. */
  readonly overCap: OverCap | '';
  /** 10 means ten per cent. */
  readonly discountPercent: Decimal | null;
  /** Column Active: `false` means that its lines are active in no month (no fees, no minimums); absent is `true`. */
  readonly active?: boolean;
}

export type Billing =
  | 'hourly'
  | 'tiered'
  | 'retainer'
  | 'covered'
  | 'fixed monthly'
  | 'milestone'
  | 'expense'
  | 'non-billable';

export type Overage = 'bill' | 'absorb' | 'hold' | 'carry';

/** A row of the tab SOW lines. */
export interface LineTerms {
  readonly line: string;
  readonly sow: string;
  readonly title: string;
  readonly description: string;
  readonly billing: Billing;
  /** A number, the name of a rate card, or empty (the entry's rate in the source). */
  readonly rate: Decimal | null;
  readonly fee: Decimal | null;
  /** Empty: `in arrears`. */
  readonly feeTiming: 'in arrears' | 'in advance' | '';
  readonly includedHours: Decimal | null;
  readonly includedAmount: Decimal | null;
  /** On a `covered` line: the key of the retainer line it draws on. */
  readonly retainer: string;
  /** Empty: `bill`. */
  readonly overage: Overage | '';
  readonly rolloverMonths: Decimal | null;
  readonly rolloverCap: Decimal | null;
  readonly completedOn: Day | '' | null;
  readonly capHours: Decimal | null;
  readonly capAmount: Decimal | null;
  /** Empty: `hold`. */
  readonly overCap: OverCap | '';
  readonly minimum: Decimal | null;
  /** 10 means ten per cent. */
  readonly markupPercent: Decimal | null;
  readonly prorate: boolean;
  readonly billedBeforeHours: Decimal | null;
  readonly billedBeforeAmount: Decimal | null;
  readonly quickBooksItem: string;
  readonly starts: Day | '' | null;
  readonly ends: Day | '' | null;
}

/** A row of the tab Rates. */
export interface RateRow {
  readonly rateCard: string;
  /** Person, Role, Task: empty is any. */
  readonly person: string;
  readonly role: string;
  readonly task: string;
  readonly fromHours: Decimal | null;
  /** Empty: `month`. */
  readonly tiersCount: 'month' | 'SOW' | '';
  /** Empty: `graduated`. */
  readonly tiering: 'graduated' | 'volume' | '';
  readonly rate: Decimal | null;
  readonly fromDate: Day | '' | null;
}

export type EntryStatus = 'new' | 'auto' | 'flagged' | 'approved' | 'excluded' | 'invoiced';

/**
 * Where an invoiced row stands whose source changed since: nobody has looked yet (`waiting`), a person said to leave it
 * as billed (`ignored`), or to bill the difference.
 */
export type ChangedAnswer = 'waiting' | 'ignored' | 'bill difference';

export interface TimeEntry {
  /** `harvest:1001`, a part of a split entry `harvest:1001#2`, `qbtime:7`, `import:any text`. */
  readonly key: string;
  readonly date: Day;
  readonly person: string;
  readonly roles: readonly string[];
  readonly project: string;
  readonly task: string;
  readonly notes: string;
  /** As tracked. */
  readonly hours: Decimal;
  /** As Harvest rounds them; `null` where the source has none (then `hours` counts). */
  readonly roundedHours: Decimal | null;
  /** The billable rate in the source. */
  readonly rate: Decimal | null;
  /** The SOW line; `null` or `''` where none is chosen. */
  readonly line: string | null;
  readonly status: EntryStatus;
  /** The invoice that billed it. */
  readonly invoice: string | null;
  /** What it was when it was billed, where the source or a person changed it since. */
  readonly asBilled?: EntryAsBilled;
  /** Only on `invoiced` rows whose source changed. */
  readonly changed?: ChangedAnswer;
  /** It is gone in the source. */
  readonly vanished?: boolean;
}

export interface EntryAsBilled {
  readonly date: Day;
  readonly person: string;
  readonly roles: readonly string[];
  readonly project: string;
  readonly task: string;
  readonly hours: Decimal;
  readonly roundedHours: Decimal | null;
  readonly rate: Decimal | null;
  readonly line: string | null;
}

export interface Expense {
  /** `harvest:55`. */
  readonly key: string;
  readonly date: Day;
  readonly person: string;
  readonly project: string;
  readonly category: string;
  readonly notes: string;
  readonly cost: Decimal;
  readonly line: string | null;
  readonly status: EntryStatus;
  readonly invoice: string | null;
  readonly asBilled?: ExpenseAsBilled;
  readonly changed?: ChangedAnswer;
  readonly vanished?: boolean;
}

export interface ExpenseAsBilled {
  readonly date: Day;
  readonly person: string;
  readonly project: string;
  readonly category: string;
  readonly cost: Decimal;
  readonly line: string | null;
}

/** A row of the tab Balances: one per line (or SOW with a cap, `line` is then the SOW's name) and period that was pushed. */
export interface BalanceRow {
  readonly line: string;
  readonly period: Month;
  readonly openingHours: Decimal | null;
  readonly addedHours: Decimal | null;
  readonly usedHours: Decimal | null;
  readonly expiredHours: Decimal | null;
  readonly closingHours: Decimal | null;
  readonly openingAmount: Decimal | null;
  readonly addedAmount: Decimal | null;
  readonly usedAmount: Decimal | null;
  readonly expiredAmount: Decimal | null;
  readonly closingAmount: Decimal | null;
  /** This period's hours on a tiered line. */
  readonly tierHours: Decimal | null;
  /** Over the life of the line, Billed before included. */
  readonly hoursToDate: Decimal | null;
  readonly billedToDate: Decimal | null;
  /** The months whose fee this period's invoice billed, comma separated: `2026-10` or `2026-10, 2026-11`. */
  readonly feeBilledFor: string;
}

export type InvoiceStatus = 'draft' | 'held' | 'approved' | 'pushing' | 'pushed' | 'failed' | 'paid' | 'voided';

export interface ExistingInvoice {
  readonly name: string;
  readonly period: Month;
  readonly sow: string | null;
  readonly status: InvoiceStatus;
  /** The record that came with its draft; always there for invoices this engine drafted. */
  readonly frozen?: FrozenInvoice;
}

export type Decision = 'bill' | 'absorb' | 'raise cap';

export interface HoldDecision {
  readonly invoice: string;
  readonly decision: Decision;
}

// ---------------------------------------------------------------- what comes out

/** The top-level answer. When `problems` is not empty nothing may be billed, and `invoices` is empty. */
export interface ClientDrafts {
  /** The drafts of `period`, in the order of the SOWs. An existing draft of that name is replaced. */
  readonly invoices: readonly DraftInvoice[];
  /** Names of existing `draft` or `held` invoices that have no content any more (or whose negative total now travels as corrections). */
  readonly dropped: readonly string[];
  /** What to show in the tab now, of entries that are not invoiced yet; none of entries that a draft of their own month holds. */
  readonly entries: readonly EntryDisplay[];
  readonly expenses: readonly ExpenseDisplay[];
  readonly conservation: Conservation;
  readonly problems: readonly TermsProblem[];
}

export type LineKind =
  | 'time'
  | 'overage'
  | 'fee'
  | 'milestone'
  | 'expense'
  | 'minimum'
  | 'covered'
  | 'discount'
  | 'cap'
  | 'correction';

export interface DraftInvoice {
  /** `2026-10 Acme`, `2026-10 Acme ACME-1` (Invoice per SOW), with ` (2)` and so on for a later one. */
  readonly name: string;
  readonly period: Month;
  readonly client: string;
  /** The SOW where Invoice per is `SOW`. */
  readonly sow: string | null;
  readonly currency: string;
  readonly invoiceDate: Day;
  readonly lines: readonly DraftLine[];
  readonly hours: DecimalText;
  readonly fees: DecimalText;
  readonly expenses: DecimalText;
  readonly adjustments: DecimalText;
  readonly total: DecimalText;
  readonly warnings: readonly string[];
  readonly status: 'draft' | 'held';
  /** Why it is held; empty when `status` is `draft`. */
  readonly holds: readonly Hold[];
  /** Names of drafts of earlier periods that must be pushed before this one. */
  readonly pushAfter: readonly string[];
  /** Rows of Balances to write at the push; rows of earlier months replace those of the same line and period. */
  readonly balances: readonly BalanceResult[];
  /** Entries and expenses that become `invoiced` at the push, and earlier ones whose numbers are rewritten. */
  readonly entryResults: readonly EntryResult[];
  readonly expenseResults: readonly ExpenseResult[];
  /** To keep with the invoice, and to hand back in `ExistingInvoice.frozen`. */
  readonly frozen: FrozenInvoice;
  /** For the head of the QuickBooks invoice. */
  readonly quickBooks: {
    readonly customer: string;
    readonly terms: string;
    readonly billEmail: string;
    readonly taxCode: string;
    readonly poNumber: string;
    readonly timeDetail: 'none' | 'in description' | 'attached';
  };
}

export interface DraftLine {
  /** From 1, in the order of the invoice. */
  readonly no: number;
  /** Made from the meaning of the line, the same in every recalculation. */
  readonly key: string;
  readonly sow: string;
  /** The SOW line; the SOW's name on `cap`, `discount` and other SOW-wide lines. */
  readonly sowLine: string;
  readonly kind: LineKind;
  readonly description: string;
  readonly quantity: DecimalText;
  readonly unitPrice: DecimalText;
  readonly amount: DecimalText;
  readonly item: string;
  /** First and last day that the line stands for. */
  readonly from: Day;
  readonly to: Day;
  /** Keys of the entries or expenses on it, in order. */
  readonly entries: readonly string[];
  readonly howComputed: string;
  /** What goes to QuickBooks. */
  readonly quickBooks: {
    readonly quantity: DecimalText;
    readonly unitPrice: DecimalText;
    readonly amount: DecimalText;
    readonly description: string;
  };
}

export interface Hold {
  readonly kind: 'overage' | 'cap' | 'waiting' | 'negative total';
  /** A sentence that says what must be decided. */
  readonly text: string;
  /** The decisions that lift it; empty where it is lifted by reviewing entries or by itself. */
  readonly decisions: readonly Decision[];
  readonly month: Month;
  readonly sow: string | null;
  readonly line: string | null;
  /** Keys of the rows that wait (kind `waiting`). */
  readonly entries: readonly string[];
}

export interface BalanceResult {
  readonly line: string;
  readonly period: Month;
  readonly openingHours: DecimalText | null;
  readonly addedHours: DecimalText | null;
  readonly usedHours: DecimalText | null;
  readonly expiredHours: DecimalText | null;
  readonly closingHours: DecimalText | null;
  readonly openingAmount: DecimalText | null;
  readonly addedAmount: DecimalText | null;
  readonly usedAmount: DecimalText | null;
  readonly expiredAmount: DecimalText | null;
  readonly closingAmount: DecimalText | null;
  readonly tierHours: DecimalText | null;
  readonly hoursToDate: DecimalText | null;
  readonly billedToDate: DecimalText | null;
  readonly feeBilledFor: string;
}

export interface EntryResult {
  readonly key: string;
  readonly billedHours: DecimalText;
  readonly coveredHours: DecimalText;
  readonly amount: DecimalText;
  /** `true`: status becomes `invoiced` with this invoice. `false`: it is on an earlier invoice, only its numbers change. */
  readonly becomesInvoiced: boolean;
}

export interface ExpenseResult {
  readonly key: string;
  readonly amount: DecimalText;
  readonly becomesInvoiced: boolean;
}

/** Where the hours of an entry went. */
export type Part = 'billed' | 'covered' | 'absorbed' | 'recorded' | 'excluded' | 'waiting';

export interface EntryDisplay {
  readonly key: string;
  /** The draft that it would be on. */
  readonly invoice: string | null;
  readonly billedHours: DecimalText;
  readonly coveredHours: DecimalText;
  readonly amount: DecimalText;
  /** To be flagged `no rate` (Status `flagged`): it needs a rate and has none. */
  readonly noRate: boolean;
  /** To be set `excluded`, with this reason; `null` where it stays. */
  readonly exclude: string | null;
  /** Which rate counted and which row of a rate card won: `$185.00, rate card Standard: Role Senior, from 2026-01-01`. */
  readonly rateReason: string;
}

export interface ExpenseDisplay {
  readonly key: string;
  readonly invoice: string | null;
  readonly amount: DecimalText;
  readonly exclude: string | null;
}

/** Hours in equal hours out, of all entries dated in `period`. */
export interface Conservation {
  readonly hours: Readonly<Record<Part, DecimalText>>;
  readonly totalHours: DecimalText;
  /** How many expenses went where. */
  readonly expenses: Readonly<Record<Part, number>>;
  readonly totalExpenses: number;
  readonly addsUp: boolean;
}

/** Something in the tabs that keeps this client from being billed. */
export interface TermsProblem {
  readonly tab: 'Settings' | 'Clients' | 'SOWs' | 'SOW lines' | 'Rates' | 'Time entries' | 'Expenses';
  /** The key of the row. */
  readonly key: string;
  readonly column: string;
  readonly found: string;
  readonly allowed: string;
}

/**
 * All that is needed later to price this invoice's months again and to know what was billed. Keep it as it is; only the
 * engine reads it.
 */
export interface FrozenInvoice {
  readonly version: 1;
  readonly terms: Terms;
  readonly total: DecimalText;
  /** Its own period, and the months that it priced for the first time, per SOW. */
  readonly months: readonly FrozenMonth[];
  /** Decisions that met a hold of a month; they go on to count. */
  readonly decisions: readonly FrozenDecision[];
  /** What it billed, also by corrections, for which month. */
  readonly billed: readonly BilledItem[];
}

export interface FrozenMonth {
  readonly month: Month;
  /** By its name without case. */
  readonly sow: string;
  /** `true`: it priced the month for the first time, so its terms are those of the month from then on. */
  readonly first: boolean;
  /** The fees and milestones that it billed with that month; they stay as they are when the month is priced again. */
  readonly charges: readonly Charge[];
  /** What its own period hands on to the next; `null` for other months. */
  readonly closing: SowState | null;
}

export interface FrozenDecision {
  readonly month: Month;
  readonly sow: string;
  readonly kind: 'overage' | 'cap';
  readonly decision: Decision;
}

export interface BilledItem {
  /** The month it was billed for. */
  readonly month: Month;
  /** By its name without case, like `line`. */
  readonly sow: string;
  /** The SOW line, or the SOW where the line was SOW-wide. */
  readonly line: string;
  readonly kind: Exclude<LineKind, 'correction'>;
  /** Only for `time` and `overage`. */
  readonly rate: DecimalText | null;
  /** Hours of `time`, `overage` and covered hours; else 0. */
  readonly hours: DecimalText;
  readonly amount: DecimalText;
}

/** The engine: `draftClient` of `draft-client.ts`. */
export type DraftClient = (books: ClientBooks) => ClientDrafts;
