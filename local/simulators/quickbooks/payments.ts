import type { Company } from './company.ts';
import { business } from './faults.ts';
import { type JsonObject, numberAt, objectsAt, textAt } from './json.ts';
import { minus, sum } from './money.ts';
import type { Stored } from './store.ts';
import { dayIn } from './zone-time.ts';

/** What has been paid on an invoice. */
export function paidOn(company: Company, invoiceId: string): number {
  return sum(paymentsOf(company, invoiceId).map((payment) => appliedTo(payment.entity, invoiceId)));
}

/** The payments that are linked to an invoice, as its LinkedTxn names them. */
export function paymentLinks(company: Company, invoiceId: string): JsonObject[] {
  return paymentsOf(company, invoiceId).map((payment) => ({ TxnId: payment.id, TxnType: 'Payment' }));
}

/** Records a payment on an invoice; refuses one over the balance. The invoice itself is brought up to date by the caller. */
export function recordPayment(
  company: Company,
  invoice: Stored,
  amount: number,
  at: number = company.clock.now(),
): Stored {
  const open = numberAt(invoice.entity, 'Balance') ?? 0;
  if (amount <= 0 || amount > open)
    throw business(`The payment of ${amount} is not between 0 and the balance of ${open}`);
  const payment: JsonObject = {
    CustomerRef: invoice.entity['CustomerRef'] ?? {},
    CurrencyRef: invoice.entity['CurrencyRef'] ?? {},
    TxnDate: dayIn(at, company.timeZone),
    TotalAmt: amount,
    UnappliedAmt: 0,
    Line: [{ Amount: amount, LinkedTxn: [{ TxnId: invoice.id, TxnType: 'Invoice' }] }],
  };
  return company.store.insert('Payment', payment, { createdAt: at });
}

/** Takes an invoice off every payment that is linked to it; the money stays with the customer, unapplied. */
export function unlinkPayments(company: Company, invoiceId: string): void {
  for (const payment of paymentsOf(company, invoiceId)) {
    const applied = appliedTo(payment.entity, invoiceId);
    const rest = objectsAt(payment.entity, 'Line').filter((line) => !isFor(line, invoiceId));
    const unapplied = sum([numberAt(payment.entity, 'UnappliedAmt') ?? 0, applied]);
    company.store.replace(payment, { ...payment.entity, Line: rest, UnappliedAmt: unapplied });
  }
}

/** The invoice's balance: total less deposit and payments. */
export function balanceOf(total: number, deposit: number, paid: number): number {
  return minus(minus(total, deposit), paid);
}

function paymentsOf(company: Company, invoiceId: string): readonly Stored[] {
  return company.store
    .all('Payment')
    .filter((payment) => objectsAt(payment.entity, 'Line').some((line) => isFor(line, invoiceId)));
}

function appliedTo(payment: JsonObject, invoiceId: string): number {
  const lines = objectsAt(payment, 'Line').filter((line) => isFor(line, invoiceId));
  return sum(lines.map((line) => numberAt(line, 'Amount') ?? 0));
}

function isFor(line: JsonObject, invoiceId: string): boolean {
  return objectsAt(line, 'LinkedTxn').some(
    (link) => textAt(link, 'TxnId') === invoiceId && link['TxnType'] === 'Invoice',
  );
}
