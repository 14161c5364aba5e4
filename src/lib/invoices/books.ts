/** What must be known of a QuickBooks company to write an invoice for it; the records of its API client fit. */
export interface QuickBooksBooks {
  readonly preferences: {
    readonly customNumbers: boolean;
    readonly multiCurrency: boolean;
    readonly homeCurrency: string;
    /** Empty when the books are open. */
    readonly booksClosedOn: string;
  };
  readonly customers: readonly Customer[];
  readonly items: readonly Item[];
  readonly terms: readonly Named[];
  readonly taxCodes: readonly Named[];
}

export interface Named {
  readonly id: string;
  readonly name: string;
  readonly active: boolean;
}

export interface Customer extends Named {
  /** `Parent:Child` for a sub-customer. */
  readonly fullName: string;
  readonly currency: string;
}

export interface Item extends Named {
  readonly fullName: string;
  /** Service, NonInventory, Inventory, Group, Category. */
  readonly type: string;
}
