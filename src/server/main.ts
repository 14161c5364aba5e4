/** The functions that Google calls. Nothing runs when this loads; each makes what it needs. */
import type { CallAnswer, CallName, ValueOf } from '../lib/calls.ts';
import { jobName } from '../lib/jobs/view.ts';
import { finishQuickBooks } from './calls/connections.ts';
import { dispatch, forCall, sentenceOf } from './calls/dispatch.ts';
import { duePeriod } from './calls/jobs.ts';
import { consentPage } from './connections/consent-page.ts';
import { createEnvironment } from './environment.ts';
import { handleEdit } from './hand-edit.ts';
import { addMenu, openSidebar, say } from './menu.ts';

/** When the spreadsheet is opened, in any authorisation mode. */
export function onOpen(): void {
  addMenu();
}

export function onInstall(): void {
  addMenu();
}

/** When a person types in a cell. */
export function onEdit(event: GoogleAppsScript.Events.SheetsOnEdit): void {
  handleEdit(event);
}

export function showSidebar(): void {
  openSidebar();
}

/** Menu: Set up. */
export function setUp(): void {
  const created = ask('setUp');
  say(created.created.length === 0 ? 'Everything was set up already.' : `Created: ${created.created.join(', ')}.`);
  openSidebar();
}

/** Menu: Run month-end now. Works on as long as Google lets it, and goes on by itself. */
export function runMonthEnd(): void {
  const environment = createEnvironment();
  const job = environment.runner().start('month-end', duePeriod(environment), 'menu');
  say(`${jobName(job.kind, job.period)}: ${job.message === '' ? job.state : job.message}`);
}

/** Menu: Update drafts. */
export function updateDrafts(): void {
  const { changes } = ask('updateDrafts');
  say(changes.length === 0 ? 'No draft changed.' : `Changed: ${changes.map((change) => change.invoice).join(', ')}.`);
}

/** The monthly trigger. */
export function onMonthStart(): void {
  createEnvironment().runner().startDue();
}

/** The one-time trigger that goes on with a job. */
export function onContinue(): void {
  createEnvironment().runner().drive('trigger');
}

/** Intuit's redirect, checked by Apps Script against the state token. */
export function onQuickBooksConnected(request: {
  readonly parameter?: Readonly<Record<string, string | undefined>>;
}): GoogleAppsScript.HTML.HtmlOutput {
  const { code = '', realmId = '', error = '' } = request.parameter ?? {};
  try {
    return consentPage(finishQuickBooks(forCall(createEnvironment()), { code, realmId, error }).text);
  } catch (problem) {
    return consentPage(sentenceOf(problem));
  }
}

/** The sidebar's one door: JSON in, JSON out. */
export function call(requestJson: string): string {
  return dispatch(createEnvironment, requestJson);
}

/** A menu item does the same as the sidebar's button; what goes wrong is shown by Google. */
function ask<N extends CallName>(name: N): ValueOf<N> {
  const answer: CallAnswer<N> = JSON.parse(call(JSON.stringify({ name, args: {} })));
  if (!answer.ok) throw new Error(answer.message);
  return answer.value;
}
