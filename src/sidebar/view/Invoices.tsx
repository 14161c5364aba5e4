import { useState } from 'preact/hooks';
import type { DecidedView, HoldDecision, InvoiceView } from '../../lib/calls.ts';
import { isBusy, known } from '../state.ts';
import { Loaded, money, plural } from './parts.tsx';
import type { ViewProps } from './Sidebar.tsx';

const DECISION_WORDS: Readonly<Record<HoldDecision, string>> = {
  bill: 'Bill the overage',
  absorb: 'Do not bill it',
  'raise cap': 'Bill above the cap this once',
};

/** The drafts and what became of them: look, approve, push. */
export function Invoices({ state, dispatch }: ViewProps) {
  return (
    <section aria-label="Invoices">
      <Loaded remote={state.invoices} what="the invoices" dispatch={dispatch}>
        {(view) =>
          view.invoices.length === 0 ? (
            <p class="empty">No invoices yet. They are drafted by the month-end run.</p>
          ) : (
            <>
              <Summary invoices={view.invoices} state={state} dispatch={dispatch} />
              {inOrderOfNeed(view.invoices).map((invoice) => (
                <Invoice key={invoice.invoice} invoice={invoice} state={state} dispatch={dispatch} />
              ))}
            </>
          )
        }
      </Loaded>
    </section>
  );
}

const ORDER = ['failed', 'held', 'draft', 'approved', 'pushing', 'pushed', 'paid', 'voided'];

/** What somebody has to look at stands first. */
function inOrderOfNeed(invoices: readonly InvoiceView[]): readonly InvoiceView[] {
  return [...invoices].sort((one, other) => ORDER.indexOf(one.status) - ORDER.indexOf(other.status));
}

function Summary({ invoices, state, dispatch }: ViewProps & { readonly invoices: readonly InvoiceView[] }) {
  const count = (status: string) => invoices.filter((invoice) => invoice.status === status).length;
  const drafts = count('draft');
  const approved = invoices.filter((invoice) => ['approved', 'failed', 'pushing'].includes(invoice.status)).length;
  const mayPush = known(state.status)?.mayPush ?? false;
  const off = isBusy(state);
  return (
    <div class="summary">
      <p>
        {summaryWords({
          [drafts === 1 ? 'draft' : 'drafts']: drafts,
          held: count('held'),
          approved: count('approved') + count('pushing'),
          failed: count('failed'),
          'in QuickBooks': count('pushed') + count('paid'),
          voided: count('voided'),
        })}
      </p>
      {state.confirm === 'approve all' ? (
        <Confirm
          text={`Approve ${plural(drafts, 'draft')}? Held invoices are left out.`}
          yes="Approve"
          onYes={() => dispatch({ kind: 'do', busy: 'approve', call: { name: 'approve', args: { invoices: 'all' } } })}
          dispatch={dispatch}
        />
      ) : state.confirm === 'push' ? (
        <Confirm
          text={`Create ${plural(approved, 'unsent invoice')} in QuickBooks? Nothing is mailed to clients.`}
          yes="Push"
          onYes={() => dispatch({ kind: 'do', busy: 'push', call: { name: 'push', args: {} } })}
          dispatch={dispatch}
        />
      ) : (
        <div class="row">
          {drafts > 0 ? (
            <button
              type="button"
              class={approved === 0 && state.confirm === null ? 'action' : ''}
              disabled={off}
              onClick={() => dispatch({ kind: 'ask', question: 'approve all' })}
            >
              Approve all
            </button>
          ) : null}
          {approved > 0 ? (
            <button
              type="button"
              class={state.confirm === null ? 'action' : ''}
              disabled={off || !mayPush}
              title={mayPush ? '' : 'The setting Who may push does not name you.'}
              onClick={() => dispatch({ kind: 'ask', question: 'push' })}
            >
              Push to QuickBooks
            </button>
          ) : null}
          <button
            type="button"
            disabled={off}
            onClick={() => dispatch({ kind: 'do', busy: 'update', call: { name: 'updateDrafts', args: {} } })}
          >
            Update drafts
          </button>
          {count('pushed') > 0 ? (
            <button
              type="button"
              disabled={off}
              onClick={() => dispatch({ kind: 'do', busy: 'sync', call: { name: 'sync', args: {} } })}
            >
              Sync
            </button>
          ) : null}
        </div>
      )}
      {approved > 0 && !mayPush ? <p class="quiet">The setting Who may push does not name you.</p> : null}
    </div>
  );
}

/** Only what there is any of. */
function summaryWords(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([word, count]) => `${count} ${word}`)
    .join(', ');
}

interface ConfirmProps {
  readonly text: string;
  readonly yes: string;
  readonly onYes: () => void;
  readonly dispatch: ViewProps['dispatch'];
}

function Confirm({ text, yes, onYes, dispatch }: ConfirmProps) {
  return (
    <div class="confirm" role="alertdialog" aria-label={text}>
      <p>{text}</p>
      <div class="row">
        <button type="button" class="action" onClick={onYes}>
          {yes}
        </button>
        <button type="button" onClick={() => dispatch({ kind: 'ask', question: null })}>
          Not now
        </button>
      </div>
    </div>
  );
}

function Invoice({ invoice, state, dispatch }: ViewProps & { readonly invoice: InvoiceView }) {
  const open = state.openInvoices.includes(invoice.invoice);
  const off = isBusy(state);
  return (
    <article class="card" aria-label={invoice.invoice}>
      <div class="head">
        <strong>{invoice.client}</strong>
        <span class="amount">{money(invoice.total, invoice.currency)}</span>
      </div>
      <div>
        <span class={`status ${invoice.status}`}>{invoice.status}</span>{' '}
        <span class="quiet">
          {nameBesideClient(invoice)}, {invoice.hours} h
        </span>
      </div>
      {invoice.link === '' ? null : (
        <div>
          <a href={invoice.link} target="_blank" rel="noreferrer">
            {invoice.number === '' ? 'Open in QuickBooks' : `No. ${invoice.number} in QuickBooks`}
          </a>
        </div>
      )}
      {invoice.message === '' ? null : <p class={invoice.status === 'failed' ? 'bad' : 'quiet'}>{invoice.message}</p>}
      {invoice.holds.map((hold) => (
        <div class="hold" key={hold.text}>
          <p>{hold.text}</p>
          <div class="row">
            <DecisionButtons invoice={invoice.invoice} decisions={hold.decisions} off={off} dispatch={dispatch} />
          </div>
        </div>
      ))}
      {invoice.decided === null ? null : (
        <Decided invoice={invoice.invoice} decided={invoice.decided} off={off} dispatch={dispatch} />
      )}
      {invoice.warnings.length === 0 ? null : (
        <ul class="flags" aria-label="Warnings">
          {invoice.warnings.map((warning) => (
            <li key={warning}>{warning}</li>
          ))}
        </ul>
      )}
      {open ? <Lines invoice={invoice} /> : null}
      <div class="row">
        <button
          type="button"
          aria-expanded={open}
          onClick={() => dispatch({ kind: 'toggle invoice', invoice: invoice.invoice })}
        >
          {open ? 'Hide' : 'Show'} {plural(invoice.lines.length, 'line')}
        </button>
        {invoice.status === 'draft' ? (
          <button
            type="button"
            disabled={off}
            onClick={() =>
              dispatch({
                kind: 'do',
                busy: 'approve',
                call: { name: 'approve', args: { invoices: [invoice.invoice] } },
              })
            }
          >
            Approve
          </button>
        ) : null}
        {['approved', 'failed', 'pushing'].includes(invoice.status) ? (
          <button
            type="button"
            disabled={off}
            onClick={() =>
              dispatch({
                kind: 'do',
                busy: 'unapprove',
                call: { name: 'unapprove', args: { invoices: [invoice.invoice] } },
              })
            }
          >
            Back to draft
          </button>
        ) : null}
        {invoice.status === 'pushed' && state.confirm !== `undo ${invoice.invoice}` ? (
          <button
            type="button"
            disabled={off || !(known(state.status)?.mayPush ?? false)}
            onClick={() => dispatch({ kind: 'ask', question: `undo ${invoice.invoice}` })}
          >
            Undo push
          </button>
        ) : null}
      </div>
      {invoice.status === 'pushed' && state.confirm === `undo ${invoice.invoice}` ? (
        <Confirm
          text={`Delete ${invoice.number === '' ? 'this invoice' : `No. ${invoice.number}`} in QuickBooks and make it a draft again? Only what nobody has touched there is deleted.`}
          yes="Undo push"
          onYes={() =>
            dispatch({
              kind: 'do',
              busy: 'undo',
              call: { name: 'undoPush', args: { invoice: invoice.invoice } },
            })
          }
          dispatch={dispatch}
        />
      ) : null}
    </article>
  );
}

interface DecisionProps {
  readonly invoice: string;
  readonly off: boolean;
  readonly dispatch: ViewProps['dispatch'];
}

function DecisionButtons({
  invoice,
  decisions,
  off,
  dispatch,
}: DecisionProps & { readonly decisions: readonly HoldDecision[] }) {
  return (
    <>
      {decisions.map((decision) => (
        <button
          type="button"
          key={decision}
          disabled={off}
          onClick={() =>
            dispatch({ kind: 'do', busy: 'hold', call: { name: 'decideHold', args: { invoice, decision } } })
          }
        >
          {DECISION_WORDS[decision]}
        </button>
      ))}
    </>
  );
}

/** What was decided on a draft that was held, and the way to decide otherwise. */
function Decided({ invoice, decided, off, dispatch }: DecisionProps & { readonly decided: DecidedView }) {
  const [again, setAgain] = useState(false);
  const words = decided.decisions.map((decision) => DECISION_WORDS[decision].toLowerCase()).join(', ');
  return (
    <div>
      <span class="quiet">Decided: {words}.</span>{' '}
      <button type="button" class="link" disabled={off} aria-expanded={again} onClick={() => setAgain(!again)}>
        Decide again
      </button>
      {again ? (
        <div class="row">
          <DecisionButtons invoice={invoice} decisions={decided.alternatives} off={off} dispatch={dispatch} />
        </div>
      ) : null}
    </div>
  );
}

/** `2026-10 Acme ACME-1` beside `Acme`: what the name says more than the client. */
function nameBesideClient(invoice: InvoiceView): string {
  return invoice.invoice.replace(` ${invoice.client}`, '');
}

function Lines({ invoice }: { readonly invoice: InvoiceView }) {
  return (
    <ol class="lines">
      {invoice.lines.map((line) => (
        <li key={line.no}>
          <div class="head">
            <span>{line.description}</span>
            <span class="amount">{money(line.amount, invoice.currency)}</span>
          </div>
          <div class="quiet">{line.howComputed}</div>
        </li>
      ))}
    </ol>
  );
}
