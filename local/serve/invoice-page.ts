/** An invoice as the simulated QuickBooks holds it: what the sidebar's links to QuickBooks open here. */
import type { Session } from '../world/session.ts';

type Fields = Readonly<Record<string, unknown>>;

/** The page for an address such as `https://app.qbo.intuit.com/app/invoice?txnId=145`. */
export function invoicePage(session: Session, address: string): string {
  const id = new URL(address, 'https://app.qbo.intuit.com').searchParams.get('txnId') ?? '';
  const kind = address.includes('/estimate') ? 'Estimate' : 'Invoice';
  const known: readonly Fields[] = kind === 'Estimate' ? session.quickbooks.estimates() : session.quickbooks.invoices();
  const found = known.find((record) => record['Id'] === id);
  if (!found) return page('QuickBooks', '<p>QuickBooks has no such document.</p>');
  const lines = (Array.isArray(found['Line']) ? (found['Line'] as readonly Fields[]) : []).map(lineOf).join('');
  const of = (key: string) => escaped(String(found[key] ?? ''));
  const title = `${kind} ${of('DocNumber')}`;
  return page(
    title,
    `<p class="quiet">As the simulated QuickBooks of this copy holds it.</p><h1>${title}</h1>
<dl><dt>Customer</dt><dd>${escaped(nameIn(found['CustomerRef']))}</dd><dt>Date</dt><dd>${of('TxnDate')}</dd>
<dt>Due</dt><dd>${of('DueDate')}</dd><dt>Mail</dt><dd>${found['EmailStatus'] === 'EmailSent' ? 'sent' : 'not sent'}</dd>
<dt>Balance</dt><dd>${money(found['Balance'])}</dd></dl>
<table><thead><tr><th>Item</th><th>Description</th><th>Quantity</th><th>Rate</th><th>Amount</th></tr></thead><tbody>${lines}</tbody>
<tfoot><tr><td colspan="4">Total</td><td>${money(found['TotalAmt'])}</td></tr></tfoot></table>`,
  );
}

function lineOf(line: Fields): string {
  const detail = (line['SalesItemLineDetail'] ?? {}) as Fields;
  if (line['DetailType'] === 'SubTotalLineDetail') return '';
  const cells = [
    escaped(nameIn(detail['ItemRef'])),
    escaped(String(line['Description'] ?? '')),
    String(detail['Qty'] ?? ''),
    money(detail['UnitPrice']),
    money(line['Amount']),
  ];
  return `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
}

function nameIn(reference: unknown): string {
  const { name, value } = (reference ?? {}) as Fields;
  return String(name ?? value ?? '');
}

function money(amount: unknown): string {
  return typeof amount === 'number' ? amount.toLocaleString('en-US', { minimumFractionDigits: 2 }) : '';
}

function page(title: string, body: string): string {
  return `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>${title}</title><style>
body { font: 14px/1.5 Arial, sans-serif; margin: 40px auto; max-width: 860px; padding: 0 16px; color: #202124 }
h1 { font-size: 22px; font-weight: normal }
dl { display: grid; grid-template-columns: 100px 1fr }
dd { margin: 0 }
dt, .quiet { color: #5f6368 }
table { width: 100%; border-collapse: collapse }
th { text-align: left; border-bottom: 2px solid #bdc1c6 }
td { padding: 6px 8px 6px 0; border-bottom: 1px solid #e2e3e3; white-space: pre-wrap; overflow-wrap: anywhere; vertical-align: top }
td:nth-child(n + 3), th:nth-child(n + 3), tfoot td { text-align: right; white-space: nowrap }
tfoot { font-weight: bold }
</style></head><body>${body}</body></html>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
