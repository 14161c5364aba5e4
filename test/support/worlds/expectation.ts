/** What a scenario must come to, as a person worked it out from the billing rules. */
import * as z from 'zod';

const cell = z.union([z.string(), z.number(), z.boolean()]);
/** Cells of one row; a list says what a text must hold, an entry that starts with `not:` what it must not hold. */
const cells = z.record(z.string(), z.union([cell, z.array(z.string())]));

const invoice = z.strictObject({
  invoice: z.string(),
  status: z.string(),
  total: z.number(),
  lines: z.array(
    z.strictObject({
      line: z.string(),
      kind: z.string(),
      quantity: z.number(),
      unitPrice: z.number(),
      amount: z.number(),
    }),
  ),
  /** Further columns of the invoice. */
  cells: cells.optional(),
});

const inQuickBooks = z.strictObject({
  /** Our name of it, the first line of the private note. */
  invoice: z.string(),
  total: z.number(),
  /** Quantity, unit price, amount. */
  lines: z.array(z.tuple([z.number(), z.number(), z.number()])),
  /** Further fields by their path, e.g. `BillEmail.Address`; a list says what the text must hold. */
  fields: cells.optional(),
});

const expectation = z.strictObject({
  /** Why the figures are what they are. */
  why: z.string().optional(),
  invoices: z.array(invoice),
  /** Only where it says more than the invoices do: what somebody voided or deleted, estimates, copies. */
  quickbooks: z.array(inQuickBooks).optional(),
  /** Errors that the user sees, in order; nothing given: none. */
  errors: z.array(z.strictObject({ step: z.number(), holds: z.array(z.string()) })).optional(),
  /** Rows of other tabs by the columns that name them, e.g. `Time entries` by `Key`. */
  rows: z.record(z.string(), z.array(cells)).optional(),
  /** How many rows a tab has. */
  counts: z.record(z.string(), z.number()).optional(),
  /** Steps that took more than one execution: the fault did strike. */
  stopped: z.array(z.number()).optional(),
});

/** A checked expectation. */
export type Expectation = z.infer<typeof expectation>;
/** The cells that a row must have. */
export type ExpectedCells = z.infer<typeof cells>;

/** Reads an expectation file; throws where it is wrong. */
export function readExpectation(text: string): Expectation {
  return expectation.parse(JSON.parse(text));
}
