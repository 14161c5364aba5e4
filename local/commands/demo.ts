/** `npm run demo`: the month of the sample firm, from Harvest to QuickBooks, then the spreadsheet in the browser. */
import { parseArgs } from 'node:util';
import { openBrowser } from '../serve/open-browser.ts';
import { serve } from '../serve/serve.ts';
import type { Step } from '../world/format.ts';
import { runSteps } from '../world/run-world.ts';
import { sampleAnswers, sampleFirm } from '../world/sample-firm.ts';
import { openSession, type Session } from '../world/session.ts';
import { demoSummary } from './demo-summary.ts';

/** Left for the visitor to review, approve and push. */
const LEFT_TO_YOU = 'Pommel & Reed Architects';
const SAMPLES = 'samples';
/** The tab that is seen first. */
const FIRST_TAB = 'Dashboard';

/** Exit status: 0 when the month came through, 1 when a step ended in an error. */
export async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: { exit: { type: 'boolean' }, port: { type: 'string' } },
  });
  const key = process.env['ANTHROPIC_API_KEY'];
  const firm = sampleFirm(SAMPLES);
  console.log(`\n${firm.name}`);
  console.log(
    key
      ? 'Claude: the real API, with the key in ANTHROPIC_API_KEY (a few cents).'
      : 'Claude: a stand-in that matches words and makes mistakes. Set ANTHROPIC_API_KEY to use Claude itself.',
  );
  const session = await openSession(firm, {
    dist: 'dist',
    user: 'nora@sablefinch.example',
    ...(key ? { claudeKey: key } : {}),
  });
  const month = await runSteps(session, { ...firm, steps: [{ do: 'month-end', period: '2026-10' }] });
  const flagged = (month.workbook['Time entries'] ?? []).filter((row) => row['Status'] === 'flagged').length;
  const after = await runSteps(session, {
    ...firm,
    steps: [...(await review(session)), { do: 'approve', invoices: 'all' }, { do: 'push' }],
  });
  console.log(demoSummary({ month, after, flagged, leftToYou: LEFT_TO_YOU }));
  const errors = [...month.errors, ...after.errors];
  for (const error of errors) console.error(`Error: ${error.message}`);
  if (values.exit) {
    await session.close();
    return errors.length > 0 ? 1 : 0;
  }
  await session.ask('status');
  await session.invoke('showSidebar', 'menu');
  const page = await serve(session, { port: Number(values.port ?? 4321), title: firm.name ?? 'Time to Invoice' });
  const address = `${page.url}#${FIRST_TAB}`;
  console.log(`\nThe spreadsheet: ${address}   (Ctrl+C ends the demo)`);
  openBrowser(address);
  await page.closed;
  await session.close();
  return 0;
}

/** What the firm's operations manager answers, read off the labels of the samples; one client is left to the visitor. */
async function review(session: Session): Promise<readonly Step[]> {
  const answers = sampleAnswers(SAMPLES);
  const listed = await session.ask('review');
  if (!listed.ok) throw new Error(listed.message);
  const { rows } = listed.value as {
    readonly rows: readonly {
      readonly table: string;
      readonly key: string;
      readonly client: string;
      readonly suggestion: unknown;
    }[];
  };
  return rows
    .filter((row) => row.client !== LEFT_TO_YOU)
    .map((row): Step => {
      const id = row.key;
      if (row.table === 'expense') return { do: 'review', expense: id, exclude: true };
      const line = answers.get(id);
      return line ? { do: 'review', entry: id, line } : { do: 'review', entry: id, exclude: true };
    });
}
