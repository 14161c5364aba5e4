/** `npm run demo`: the month of the sample firm, from Harvest to QuickBooks, then the spreadsheet in the browser. */
import { parseArgs } from 'node:util';
import { openBrowser } from '../serve/open-browser.ts';
import { serve } from '../serve/serve.ts';
import { runSteps } from '../world/run-world.ts';
import { sampleAnswers, sampleFirm } from '../world/sample-firm.ts';
import { openSession, type Session } from '../world/session.ts';
import { demoSummary } from './demo-summary.ts';

/** Left for the visitor to review, approve and push. */
const LEFT_TO_YOU = 'Pommel & Reed Architects';
const SAMPLES = 'samples';
/** The tab that is seen first. */
const FIRST_TAB = 'Dashboard';

/** Exit status: 0 when the month came through, 1 when a step ended in an error, 2 where the options are wrong. */
export async function main(args: readonly string[]): Promise<number> {
  const values = optionsOf(args);
  if (values === null) return 2;
  const key = process.env['ANTHROPIC_API_KEY'];
  const firm = sampleFirm(SAMPLES);
  console.log(`\n${firm.name}`);
  console.log(
    key
      ? 'Claude: the real API, with the key in ANTHROPIC_API_KEY (a few cents).'
      : 'Claude: a stand-in that matches words. It is often unsure and sometimes wrong, so many entries wait for a person.\n' +
          'Set ANTHROPIC_API_KEY to ask Claude itself.',
  );
  const session = await openSession(firm, {
    dist: 'dist',
    user: 'nora@sablefinch.example',
    ...(key ? { claudeKey: key } : {}),
  });
  const month = await runSteps(session, { ...firm, steps: [{ do: 'month-end', period: '2026-10' }] });
  const flagged = (month.workbook['Time entries'] ?? []).filter((row) => row['Status'] === 'flagged').length;
  const problems = await review(session);
  const after = await runSteps(session, { ...firm, steps: [{ do: 'approve', invoices: 'all' }, { do: 'push' }] });
  console.log(demoSummary({ month, after, flagged, leftToYou: LEFT_TO_YOU }));
  const errors = [...[...month.errors, ...after.errors].map((error) => error.message), ...problems];
  for (const error of errors) console.error(`Error: ${error}`);
  if (values.exit) {
    await session.close();
    return errors.length > 0 ? 1 : 0;
  }
  await session.ask('status');
  await session.invoke('showSidebar', 'menu');
  const page = await serve(session, { port: values.port, title: firm.name ?? 'Time to Invoice' });
  const address = `${page.url}#${FIRST_TAB}`;
  console.log(`\nThe spreadsheet: ${address}   (Ctrl+C ends the demo)`);
  if (!values.closed) openBrowser(address);
  await page.closed;
  await session.close();
  return 0;
}

interface Options {
  readonly exit: boolean;
  /** No browser is opened; the address is printed all the same. */
  readonly closed: boolean;
  readonly port: number;
}

function optionsOf(args: readonly string[]): Options | null {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { exit: { type: 'boolean' }, port: { type: 'string' }, 'no-browser': { type: 'boolean' } },
    });
    const port = Number(values.port ?? 4321);
    if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(`--port ${values.port} is no port.`);
    return { exit: values.exit === true, closed: values['no-browser'] === true, port };
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n${USAGE}`);
    return null;
  }
}

const USAGE = `Usage: npm run demo -- [--exit] [--port N] [--no-browser]
  --exit        ends after the summary
  --port N      the page's port, 4321 where left out
  --no-browser  prints the page's address and opens nothing`;

/**
 * Decides as the firm's operations manager would, read off the labels of the samples; one client is left to the visitor.
 * Returns what could not be decided.
 */
async function review(session: Session): Promise<readonly string[]> {
  const answers = sampleAnswers(SAMPLES);
  const listed = await session.ask('review');
  if (!listed.ok) return [listed.message];
  const { rows } = listed.value as {
    readonly rows: readonly { readonly table: string; readonly key: string; readonly client: string }[];
  };
  const decisions = rows
    .filter((row) => row.client !== LEFT_TO_YOU)
    .map(({ table, key }) => {
      const line = table === 'time' ? answers.get(key) : null;
      return line ? { table, key, action: 'line', line } : { table, key, action: 'exclude' };
    });
  const decided = await session.ask('decide', { decisions });
  return decided.ok ? (decided.value as { readonly problems: readonly string[] }).problems : [decided.message];
}
