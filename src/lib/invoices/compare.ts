/** What QuickBooks must hold of an invoice that we sent. Money in the invoice's currency, without tax. */
export interface ExpectedTransaction {
  readonly mark: string;
  /** Empty: not compared. */
  readonly customerId: string;
  readonly day: string;
  readonly total: number;
  readonly lines: readonly ExpectedLine[];
}

export interface ExpectedLine {
  readonly no: number;
  /** Empty: not compared. */
  readonly itemId: string;
  readonly quantity: number;
  readonly unitPrice: number;
  readonly amount: number;
  /** Null: not compared. */
  readonly description: string | null;
}

/** What we look at of a transaction in QuickBooks; the records of its API client fit. */
export interface HeldTransaction {
  readonly customerId: string;
  readonly customerName: string;
  /** With tax. */
  readonly total: number;
  readonly tax: number;
  readonly privateNote: string;
  readonly lines: readonly {
    readonly detailType: string;
    readonly description: string;
    readonly amount: number | null;
    readonly itemId: string;
    readonly quantity: number | null;
    readonly unitPrice: number | null;
  }[];
}

/**
 * Every difference between what we sent and what QuickBooks holds, as sentences; empty when there is none. The subtotal that QuickBooks
 * adds on reading is no line, and tax is QuickBooks' own.
 */
export function differences(expected: ExpectedTransaction, held: HeldTransaction): readonly string[] {
  const lines = held.lines.filter((line) => line.detailType !== 'SubTotalLineDetail');
  return [
    ...(expected.customerId === '' || held.customerId === expected.customerId
      ? []
      : [`It stands on the customer "${held.customerName}" there.`]),
    ...(lines.length === expected.lines.length
      ? expected.lines.flatMap((line, index) => lineDifferences(line, lines[index]))
      : [`It has ${lines.length} lines there, and ${expected.lines.length} here.`]),
    ...(sameMoney(held.total - held.tax, expected.total)
      ? []
      : [`It comes to ${money(held.total - held.tax)} before tax there, and to ${money(expected.total)} here.`]),
  ];
}

/**
 * Tells whether a transaction in QuickBooks is the one that we sent: it carries the mark of this approval in its private note, or, where
 * someone has changed the note, customer, every line and total are the same.
 */
export function isOurs(expected: ExpectedTransaction, held: HeldTransaction): boolean {
  return (expected.mark !== '' && held.privateNote.includes(expected.mark)) || differences(expected, held).length === 0;
}

function lineDifferences(
  expected: ExpectedLine,
  held: HeldTransaction['lines'][number] | undefined,
): readonly string[] {
  if (held === undefined) return [`Line ${expected.no} is missing there.`];
  const said: string[] = [];
  if (held.amount === null || !sameMoney(held.amount, expected.amount)) {
    said.push(`Line ${expected.no} is ${money(held.amount ?? 0)} there, and ${money(expected.amount)} here.`);
  }
  if (held.quantity !== null && !sameNumber(held.quantity, expected.quantity)) {
    said.push(`Line ${expected.no} has quantity ${held.quantity} there, and ${expected.quantity} here.`);
  }
  if (held.unitPrice !== null && !sameNumber(held.unitPrice, expected.unitPrice)) {
    said.push(`Line ${expected.no} has unit price ${held.unitPrice} there, and ${expected.unitPrice} here.`);
  }
  if (expected.itemId !== '' && held.itemId !== '' && held.itemId !== expected.itemId)
    said.push(`Line ${expected.no} is on another item there.`);
  if (expected.description !== null && plain(held.description) !== plain(expected.description))
    said.push(`Line ${expected.no} has another text there.`);
  return said;
}

/** Sums of doubles may be off by far less than a cent. */
function sameMoney(a: number, b: number): boolean {
  return Math.abs(a - b) < 0.0005;
}

function sameNumber(a: number, b: number): boolean {
  return Math.abs(a - b) < 1e-7;
}

function plain(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function money(value: number): string {
  return (Math.round(value * 100) / 100).toFixed(2);
}
