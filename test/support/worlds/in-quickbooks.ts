/** Invoices as QuickBooks stores them, cut down to what the billing rules say about them. */
import Big from 'big.js';

type Json = Readonly<Record<string, unknown>>;
type QuickBooksLine = [quantity: number, unitPrice: number, amount: number];

export interface Stored {
  readonly invoice: string;
  readonly number: string;
  readonly total: number;
  readonly lines: QuickBooksLine[];
  /** Everything of it. */
  readonly entity: Json;
}

/** Reads stored invoices; the name is the first line of the private note. */
export function inQuickBooks(invoices: readonly unknown[]): readonly Stored[] {
  return invoices.map((stored) => {
    const invoice = stored as Json;
    const lines = (invoice['Line'] ?? []) as readonly Json[];
    return {
      invoice: String(invoice['PrivateNote'] ?? '').split('\n')[0] ?? '',
      number: String(invoice['DocNumber'] ?? ''),
      total: Number(invoice['TotalAmt']),
      lines: lines
        .filter((line) => line['DetailType'] === 'SalesItemLineDetail')
        .map((line) => {
          const detail = line['SalesItemLineDetail'] as Json;
          return [Number(detail['Qty']), Number(detail['UnitPrice']), Number(line['Amount'])];
        }),
      entity: invoice,
    };
  });
}

/** What stands at a path such as `Line.0.Description`; undefined where it leads nowhere. */
export function fieldAt(entity: Json, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((at, part) => (typeof at === 'object' && at !== null ? (at as Json)[part] : undefined), entity);
}

/**
 * What must stand in QuickBooks for lines of the tab: quantity and unit price where their product, rounded to cents half away from zero,
 * is the amount; else one at the amount (docs/billing-rules.md, numbers).
 */
export function linesInQuickBooks(
  lines: readonly { readonly quantity: number; readonly unitPrice: number; readonly amount: number }[],
): QuickBooksLine[] {
  return lines.map(({ quantity, unitPrice, amount }) =>
    Big(quantity).times(unitPrice).round(2, Big.roundHalfUp).eq(amount)
      ? [quantity, unitPrice, amount]
      : [1, amount, amount],
  );
}
