/** Invoices as QuickBooks stores them, cut down to what the billing rules say about them. */
import Big from 'big.js';

type Json = Readonly<Record<string, unknown>>;
type QuickBooksLine = [quantity: number, unitPrice: number, amount: number];

export interface Stored {
  readonly invoice: string;
  readonly number: string;
  readonly total: number;
  readonly lines: QuickBooksLine[];
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
    };
  });
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
