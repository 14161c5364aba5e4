/** What must hold of any month that has come to its end, whatever happened on the way. Each broken rule is a sentence. */
import type { Session } from '../world/session.ts';

type Row = Readonly<Record<string, unknown>>;

/** Looks at the workbook and at QuickBooks together. */
export function brokenRules(session: Session): readonly string[] {
  const rows = (tab: string): readonly Row[] => session.host.workbook.rows(tab);
  const entries = [...rows('Time entries'), ...rows('Expenses')];
  const bills = rows('Invoices');
  const lines = rows('Invoice lines');
  const booked = [...session.quickbooks.invoices(), ...session.quickbooks.estimates()] as readonly Row[];
  return [
    ...twice(
      'the row',
      entries.map((row) => String(row['Key'] ?? '')),
    ),
    ...twice(
      'the invoice',
      bills.map((row) => String(row['Invoice'])),
    ),
    ...twice('in QuickBooks', booked.map(nameOf)),
    ...twice(
      'the number',
      booked.map((one) => String(one['DocNumber'] ?? '')).filter((number) => number !== ''),
    ),
    ...bills.flatMap((bill) => billRules(bill, lines, booked)),
    ...booked
      .filter((one) => !bills.some((bill) => bill['Invoice'] === nameOf(one) && bill['Status'] === 'pushed'))
      .map((one) => `QuickBooks has ${nameOf(one)}, and the workbook does not say that it was pushed`),
    ...entries.flatMap((entry) => entryRules(entry, lines)),
    ...dashboardRules(session),
    ...restRules(session),
  ];
}

function billRules(bill: Row, lines: readonly Row[], booked: readonly Row[]): readonly string[] {
  const name = String(bill['Invoice']);
  // What comes to less than 0 is held, and the next month carries it.
  if (bill['Status'] === 'held' && Number(bill['Total']) < 0) return [];
  if (bill['Status'] !== 'pushed') return [`${name} is ${String(bill['Status'])}: ${String(bill['Message'])}`];
  const own = lines.filter((line) => line['Invoice'] === name).sort((a, b) => Number(a['No']) - Number(b['No']));
  const amounts = own.map((line) => Number(line['Amount']));
  const held = booked.filter((one) => nameOf(one) === name);
  const [only] = held;
  if (only === undefined || held.length > 1) return [`${name} stands ${held.length} times in QuickBooks`];
  const theirs = linesOf(only).map((line) => Number(line['Amount']));
  return [
    ...(cents(sum(amounts)) === cents(Number(bill['Total']))
      ? []
      : [`the lines of ${name} do not add up to its total`]),
    ...(JSON.stringify(amounts.map(cents)) === JSON.stringify(theirs.map(cents))
      ? []
      : [`${name} has other lines in QuickBooks: ${theirs.join(', ')} instead of ${amounts.join(', ')}`]),
    ...(cents(Number(only['TotalAmt'])) === cents(Number(bill['Total']))
      ? []
      : [`${name} has another total in QuickBooks`]),
    ...(String(bill['QuickBooks link']).endsWith(`txnId=${String(only['Id'])}`) ? [] : [`${name} has the wrong link`]),
  ];
}

function entryRules(entry: Row, lines: readonly Row[]): readonly string[] {
  const key = String(entry['Key']);
  if (entry['Status'] === 'excluded') return [];
  if (entry['Status'] !== 'invoiced') return [`${key} is ${String(entry['Status'])}`];
  const on = lines.filter(
    (line) =>
      line['Kind'] !== 'covered' &&
      String(line['Entries'])
        .split(',')
        .some((part) => part.trim() === key),
  );
  const covered = Number(entry['Covered hours'] ?? 0);
  const bills = new Set(on.map((line) => line['Invoice']));
  return [
    ...(bills.size > 1 ? [`${key} is billed on ${[...bills].join(' and ')}`] : []),
    ...(bills.size === 0 && covered === 0 ? [`${key} is invoiced and on no line`] : []),
    ...('Hours' in entry && cents(Number(entry['Billed hours']) + covered) !== cents(Number(entry['Hours']))
      ? [
          `${key}: ${String(entry['Hours'])} h went in, ${String(entry['Billed hours'])} billed and ${covered} covered came out`,
        ]
      : []),
  ];
}

/** The product's own checks must say the same. */
function dashboardRules(session: Session): readonly string[] {
  const lines = session.host.workbook.view('Dashboard').cells.map((row) => row.map((cell) => cell.text).join(' | '));
  return lines
    .filter((line) => /does not add up|do not add up/i.test(line))
    .map((line) => `the Dashboard says: ${line}`);
}

function restRules(session: Session): readonly string[] {
  const pending = session.host.triggers().filter((each) => each.handler === 'onContinue' && each.nextFire !== null);
  const monthly = session.host.triggers().filter((each) => each.handler === 'onMonthStart');
  const mails = session.host.mails.map(
    (mail) => `${new Date(mail.at - 5 * 3_600_000).toISOString().slice(0, 10)} ${mail.subject}`,
  );
  return [
    ...(pending.length === 0 ? [] : [`${pending.length} continuations are left`]),
    ...(monthly.length === 1 ? [] : [`there are ${monthly.length} monthly triggers`]),
    ...twice('the mail', mails),
    ...twice(
      'the record',
      session.host.workbook.rows('Entry records').map((row) => String(row['Record'])),
    ),
    ...twice(
      'the balance',
      session.host.workbook.rows('Balances').map((row) => `${String(row['Line'])} ${String(row['Period'])}`),
    ),
  ];
}

function twice(what: string, names: readonly string[]): readonly string[] {
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))].map(
    (name) => `${what} ${name} stands twice`,
  );
}

function nameOf(transaction: Row): string {
  return String(transaction['PrivateNote'] ?? '').split('\n')[0] ?? '';
}

function linesOf(transaction: Row): readonly Row[] {
  const lines = transaction['Line'];
  return Array.isArray(lines) ? lines : [];
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function cents(amount: number): number {
  return Math.round(amount * 100);
}
