/** `npm run bench`: measures the budgets and prints them as a table. Nothing is asserted. */
import { measureBundle } from './bundle.ts';
import { measureEngine } from './engine.ts';
import { measureMonth } from './month.ts';
import { measureSidebar } from './sidebar.ts';

/** Prints one line per budget as it is measured. Returns the exit status: 0. */
export async function main(): Promise<number> {
  const row = (what: string, budget: string, found: string) =>
    console.log(`${what.padEnd(58)} ${budget.padEnd(26)} ${found}`);
  row('what', 'budget', 'found');

  const bundle = measureBundle();
  row('server bundle', '<= 300 KB', `${bundle.serverKb.toFixed(0)} KB`);
  row('sidebar HTML', '<= 120 KB', `${bundle.sidebarKb.toFixed(0)} KB`);
  row('bundle loads in a bare context', '<= 20 ms', `${bundle.loadMs.toFixed(1)} ms`);

  const small = measureEngine(10_000);
  const large = measureEngine(100_000);
  row('engine: 10,000 entries over 40 lines', '', `${small.ms.toFixed(0)} ms, heap ${small.heapMb.toFixed(0)} MB`);
  row(
    'engine: 100,000 entries over 40 lines',
    '<= 1 s',
    `${large.ms.toFixed(0)} ms, heap ${large.heapMb.toFixed(0)} MB`,
  );
  row('engine: ten times the entries', '<= 11 x the time', `${(large.ms / small.ms).toFixed(1)} x`);

  for (const size of [
    { entries: 1_600, people: 15, clients: 12 },
    { entries: 10_000, people: 50, clients: 25 },
  ]) {
    const month = await measureMonth(size);
    const name = `month of ${size.entries.toLocaleString('en-US')} entries`;
    const thousands = size.entries / 1000;
    row(
      `${name}: simulated time, executions`,
      size.entries === 1_600 ? '<= 180 s, 1' : 'finishes by itself',
      `${month.simulatedSeconds.toFixed(0)} s, ${month.executions}`,
    );
    row(`${name}: spreadsheet calls`, '<= 150 a step run', `${month.spreadsheetCalls} in all`);
    row(
      `${name}: Claude requests per 1,000`,
      `<= ${2 * (25 + size.clients)}`,
      (month.claudeRequests / thousands).toFixed(0),
    );
    row(`${name}: Claude cost per 1,000`, '<= $2', `$${(month.usd / thousands).toFixed(2)}`);
    row(
      `${name}: real time here, invoices, errors`,
      '',
      `${month.realSeconds.toFixed(1)} s, ${month.invoices}, ${month.errors.join(' ') || 'none'}`,
    );
  }

  const sidebar = await measureSidebar();
  row('sidebar with 500 flagged rows: first paint', '<= 200 ms', `${sidebar.firstPaintMs.toFixed(0)} ms`);
  row('sidebar with 500 flagged rows: each decision', '<= 100 ms', `${sidebar.decisionMs.toFixed(0)} ms`);
  return 0;
}
