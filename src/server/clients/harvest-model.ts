/** What we use of Harvest's records. Absent references have id 0 and an empty name. Days `YYYY-MM-DD`. */
export interface HarvestRef {
  readonly id: number;
  readonly name: string;
}

export interface HarvestTimeEntry {
  readonly id: number;
  readonly day: string;
  readonly user: HarvestRef;
  readonly client: HarvestRef;
  readonly project: HarvestRef;
  readonly task: HarvestRef;
  readonly notes: string;
  /** As tracked; includes a running timer. */
  readonly hours: number;
  /** By the account's Time Rounding preference; as tracked where Harvest does not send it. */
  readonly roundedHours: number;
  readonly billable: boolean;
  /** Null when not billable, or when the token may not see rates. */
  readonly rate: number | null;
  readonly running: boolean;
  /** Marked as invoiced in Harvest itself. */
  readonly billed: boolean;
  readonly updatedAt: string;
}

export interface HarvestExpense {
  readonly id: number;
  readonly day: string;
  readonly user: HarvestRef;
  readonly client: HarvestRef;
  readonly project: HarvestRef;
  readonly projectCode: string;
  readonly category: HarvestRef;
  readonly notes: string;
  /** In the client's currency. */
  readonly cost: number;
  readonly currency: string;
  readonly billable: boolean;
  readonly billed: boolean;
  readonly updatedAt: string;
}

export interface HarvestUser {
  readonly id: number;
  readonly name: string;
  readonly email: string;
  readonly roles: readonly string[];
  readonly active: boolean;
}

export interface HarvestProject {
  readonly id: number;
  readonly name: string;
  readonly code: string;
  readonly client: HarvestRef;
  readonly active: boolean;
}

export interface HarvestClientRecord {
  readonly id: number;
  readonly name: string;
  readonly currency: string;
  readonly active: boolean;
}

export interface HarvestMe {
  readonly id: number;
  readonly name: string;
  readonly email: string;
  /** Only administrators see everyone's time; others silently get fewer rows. */
  readonly administrator: boolean;
}

/** Which records: both days included, or changed since an instant (ISO 8601). At least one of the two. */
export interface HarvestRange {
  readonly from?: string;
  readonly to?: string;
  readonly updatedSince?: string;
}

export interface HarvestClient {
  me(): HarvestMe;
  /** Name of the firm; null where the token may not read it. */
  companyName(): string | null;
  timeEntries(range: HarvestRange): readonly HarvestTimeEntry[];
  expenses(range: HarvestRange): readonly HarvestExpense[];
  users(): readonly HarvestUser[];
  projects(): readonly HarvestProject[];
  clients(): readonly HarvestClientRecord[];
}
