import { useState } from 'preact/hooks';
import type { ConnectionView, ServiceKey, StatusView } from '../../lib/calls.ts';
import { isBusy } from '../state.ts';
import { Loaded, moment, plural } from './parts.tsx';
import type { ViewProps } from './Sidebar.tsx';

/** Connections, settings that need care, the last and the next run. */
export function Status({ state, dispatch }: ViewProps) {
  return (
    <section aria-label="Status">
      <Loaded remote={state.status} what="the status" dispatch={dispatch}>
        {(view) => <Overview view={view} state={state} dispatch={dispatch} />}
      </Loaded>
    </section>
  );
}

function Overview({ view, state, dispatch }: ViewProps & { readonly view: StatusView }) {
  const off = isBusy(state);
  if (!view.setUp) return <SetUp problems={view.problems} off={off} dispatch={dispatch} />;
  const { counts, decided } = view;
  return (
    <>
      <h2>{view.period}</h2>
      <p>
        {counts.flagged + counts.new} to look at, {decided.all} decided ({decided.withoutPerson} without a person,{' '}
        {decided.all - decided.withoutPerson} by people), {counts.invoiced} invoiced, {counts.excluded} excluded
        {view.olderWaiting === 0 ? '' : `, and ${olderWords(view.olderWaiting)}`}
      </p>
      <RunMonth view={view} off={off} dispatch={dispatch} />
      {view.overdue ? (
        <p class="bad">Last month has not been run although the 1st has passed. Press Run month-end now.</p>
      ) : null}
      {view.lastRun ? (
        <p class="quiet">
          Last run: {view.lastRun.job} {view.lastRun.period}, {moment(view.lastRun.startedAt, view.timeZone)},{' '}
          {view.lastRun.outcome}. {view.lastRun.message}
        </p>
      ) : (
        <p class="quiet">No run yet.</p>
      )}
      <p class="quiet">
        {view.nextRun === null ? 'No monthly run is scheduled.' : `Next run: ${moment(view.nextRun, view.timeZone)}.`}
      </p>
      <Problems problems={view.problems} />
      <h2>Connections</h2>
      <Harvest view={view.connections.harvest} off={off} dispatch={dispatch} />
      <Claude view={view.connections.claude} off={off} dispatch={dispatch} />
      <QuickBooks view={view.connections.quickbooks} url={state.quickBooksUrl} off={off} dispatch={dispatch} />
    </>
  );
}

/** Runs the month shown, or an older one that was skipped or voided. */
function RunMonth({ view, off, dispatch }: { view: StatusView; off: boolean; dispatch: ViewProps['dispatch'] }) {
  const [chosen, setChosen] = useState('');
  const period = view.months.includes(chosen) ? chosen : view.period;
  return (
    <div class="row">
      <button
        type="button"
        class="action"
        disabled={off}
        onClick={() => dispatch({ kind: 'do', busy: 'month-end', call: { name: 'startMonthEnd', args: { period } } })}
      >
        Run month-end now
      </button>
      {view.months.length > 1 ? (
        <select
          aria-label="Month to run"
          value={period}
          disabled={off}
          onChange={(change) => setChosen(change.currentTarget.value)}
        >
          {view.months.map((month) => (
            <option key={month} value={month}>
              {month}
            </option>
          ))}
        </select>
      ) : null}
      <button type="button" disabled={off} onClick={() => dispatch({ kind: 'refresh' })}>
        Refresh
      </button>
    </div>
  );
}

function olderWords(rows: number): string {
  return rows === 1 ? '1 older row waits' : `${rows} older rows wait`;
}

function SetUp({
  problems,
  off,
  dispatch,
}: {
  problems: readonly string[];
  off: boolean;
  dispatch: ViewProps['dispatch'];
}) {
  return (
    <div class="empty">
      <p>Set up adds the tabs that the add-on works with. It never overwrites what stands there.</p>
      <button
        type="button"
        class="action"
        disabled={off}
        onClick={() => dispatch({ kind: 'do', busy: 'set up', call: { name: 'setUp', args: {} } })}
      >
        Set up
      </button>
      <Problems problems={problems} />
    </div>
  );
}

function Problems({ problems }: { readonly problems: readonly string[] }) {
  if (problems.length === 0) return null;
  return (
    <div role="alert">
      <h2>{plural(problems.length, 'thing')} to put right</h2>
      <ul class="problems">
        {problems.map((problem) => (
          <li key={problem}>{problem}</li>
        ))}
      </ul>
    </div>
  );
}

interface ConnectionProps {
  readonly view: ConnectionView;
  readonly off: boolean;
  readonly dispatch: ViewProps['dispatch'];
}

function Harvest({ view, off, dispatch }: ConnectionProps) {
  const [accountId, setAccountId] = useState('');
  const [token, setToken] = useState('');
  return (
    <Connection name="Harvest" service="harvest" view={view} off={off} dispatch={dispatch}>
      <form
        onSubmit={(submit) => {
          submit.preventDefault();
          dispatch({ kind: 'do', busy: 'harvest', call: { name: 'connectHarvest', args: { accountId, token } } });
          setToken('');
        }}
      >
        <Field label="Account ID" value={accountId} onInput={setAccountId} />
        <Field label="Personal access token" value={token} onInput={setToken} secret />
        <button type="submit" disabled={off || accountId === '' || token === ''}>
          Connect Harvest
        </button>
        <p class="quiet">Make a token at id.getharvest.com, Developers, as an administrator.</p>
      </form>
    </Connection>
  );
}

function Claude({ view, off, dispatch }: ConnectionProps) {
  const [key, setKey] = useState('');
  return (
    <Connection name="Claude" service="claude" view={view} off={off} dispatch={dispatch}>
      <form
        onSubmit={(submit) => {
          submit.preventDefault();
          dispatch({ kind: 'do', busy: 'claude', call: { name: 'connectClaude', args: { key } } });
          setKey('');
        }}
      >
        <Field label="API key" value={key} onInput={setKey} secret />
        <button type="submit" disabled={off || key === ''}>
          Connect Claude
        </button>
      </form>
    </Connection>
  );
}

function QuickBooks({ view, url, off, dispatch }: ConnectionProps & { readonly url: string }) {
  const [clientId, setClientId] = useState('');
  const [clientSecret, setClientSecret] = useState('');
  const [environment, setEnvironment] = useState<'sandbox' | 'production'>('production');
  return (
    <Connection name="QuickBooks" service="quickbooks" view={view} off={off} dispatch={dispatch}>
      <form
        onSubmit={(submit) => {
          submit.preventDefault();
          const args = { clientId, clientSecret, environment };
          dispatch({ kind: 'do', busy: 'quickbooks', call: { name: 'startQuickBooks', args } });
          setClientSecret('');
        }}
      >
        <Field label="Client ID of your Intuit app" value={clientId} onInput={setClientId} />
        <Field label="Client secret" value={clientSecret} onInput={setClientSecret} secret />
        <label class="field">
          Company
          <select
            value={environment}
            onChange={(change) => setEnvironment(change.currentTarget.value === 'sandbox' ? 'sandbox' : 'production')}
          >
            <option value="production">Production</option>
            <option value="sandbox">Sandbox</option>
          </select>
        </label>
        <button type="submit" disabled={off || clientId === '' || clientSecret === ''}>
          Connect QuickBooks
        </button>
      </form>
      {url === '' ? null : (
        <p>
          <a href={url} target="_blank" rel="noreferrer">
            Give consent at Intuit
          </a>
          , then come back and press Refresh.
        </p>
      )}
    </Connection>
  );
}

/** What the server says of a service never connected; the mark beside the name says it already. */
const NOT_CONNECTED = 'Not connected.';

interface FrameProps extends ConnectionProps {
  readonly name: string;
  readonly service: ServiceKey;
  readonly children: preact.ComponentChildren;
}

function Connection({ name, service, view, off, dispatch, children }: FrameProps) {
  const [again, setAgain] = useState(false);
  const does = (call: 'testConnection' | 'disconnect') =>
    dispatch({ kind: 'do', busy: service, call: { name: call, args: { service } } });
  return (
    <details class="card" open={!view.connected}>
      <summary>
        <strong>{name}</strong>{' '}
        <span class={view.connected ? 'status pushed' : 'status held'}>
          {view.connected ? 'connected' : 'not connected'}
        </span>
      </summary>
      {view.text === '' || view.text === NOT_CONNECTED ? null : (
        <p class={view.stored ? 'bad' : 'quiet'}>{view.text}</p>
      )}
      {view.connected || view.stored ? (
        <div class="row">
          <button type="button" disabled={off} onClick={() => does('testConnection')}>
            Test
          </button>
          <button type="button" disabled={off} onClick={() => does('disconnect')}>
            Disconnect
          </button>
          {view.connected ? (
            <button type="button" class="link" aria-expanded={again} onClick={() => setAgain(!again)}>
              Connect again
            </button>
          ) : null}
        </div>
      ) : null}
      {view.connected && !again ? null : children}
    </details>
  );
}

interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly secret?: boolean;
}

function Field({ label, value, onInput, secret }: FieldProps) {
  const common = {
    autocomplete: 'off',
    spellcheck: false,
    value,
    onInput: (input: { readonly currentTarget: HTMLInputElement }) => onInput(input.currentTarget.value.trim()),
  };
  if (secret) {
    return (
      <label class="field">
        {label}
        <input type="password" {...common} />
      </label>
    );
  }
  return (
    <label class="field">
      {label}
      <input type="text" {...common} />
    </label>
  );
}
