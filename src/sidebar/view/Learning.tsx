import type { Agreement, LearnView } from '../../lib/learning/model.ts';
import { isBusy } from '../state.ts';
import { plural } from './parts.tsx';
import type { ViewProps } from './Sidebar.tsx';

/** Earlier months with known answers: matched and compared, by itself until all are; used when the person says so, and forgotten again. */
export function Learning({ state, dispatch }: ViewProps) {
  const { csv, started, going, left, pending, used, dates } = state.learning;
  const waits = left > 0 && (started === csv || (started === null && csv === ''));
  const done = state.learnt?.rows ?? 0;
  return (
    <>
      <h2>Learn from the past</h2>
      <p class="quiet">
        Paste time of earlier months, with headers: Date, Person, Client, Project, Task, Notes, Hours, SOW line. Left
        empty, the rows in Time entries from before First period are taken. You see the report first; nothing is used
        before you say so.
      </p>
      {used > 0 ? <Used used={used} state={state} dispatch={dispatch} /> : null}
      <label class="field">
        Earlier months
        <textarea
          rows={3}
          value={csv}
          disabled={state.busy === 'learn'}
          onInput={(input) => dispatch({ kind: 'earlier months', csv: input.currentTarget.value })}
        />
      </label>
      {SLASHED.test(csv) || dates !== '' ? (
        <label class="field">
          Dates such as 03/09/2026
          <select
            value={dates}
            disabled={state.busy === 'learn'}
            onChange={(change) =>
              dispatch({
                kind: 'order of dates',
                dates: ORDERS.find((one) => one === change.currentTarget.value) ?? '',
              })
            }
          >
            <option value="">only where there is one way to read them</option>
            <option value="month first">month first (March 9)</option>
            <option value="day first">day first (3 September)</option>
          </select>
        </label>
      ) : null}
      {state.busy === 'learn' ? (
        <section class="job" aria-live="polite" aria-label="Matching of earlier months">
          <div>
            {left > 0 && done > 0 ? `Matched ${done} of ${plural(done + left, 'row')}.` : 'Matching…'}{' '}
            {going
              ? 'It goes on by itself while the sidebar is open.'
              : 'It stops when the rows under way are matched.'}
          </div>
          {left > 0 && done > 0 ? (
            <progress aria-label="Progress" value={done} max={done + left} />
          ) : (
            <progress aria-label="Progress" />
          )}
          <div class="row">
            <button type="button" disabled={!going} onClick={() => dispatch({ kind: 'stop learning' })}>
              {going ? 'Stop' : 'Stopping…'}
            </button>
          </div>
        </section>
      ) : (
        <>
          {waits ? (
            <p>
              {plural(left, 'row')} of earlier months {left === 1 ? 'waits' : 'wait'} to be matched.
            </p>
          ) : null}
          <div class="row">
            <button type="button" disabled={isBusy(state)} onClick={() => dispatch({ kind: 'learn' })}>
              {waits ? `Go on with ${plural(left, 'row')}` : 'Match and compare'}
            </button>
          </div>
        </>
      )}
      {state.learnt ? <Learnt view={state.learnt} /> : null}
      {pending > 0 && state.busy !== 'learn' ? <Pending state={state} dispatch={dispatch} /> : null}
    </>
  );
}

const SLASHED = /\b\d{1,2}\/\d{1,2}\/\d{4}\b/;
const ORDERS = ['month first', 'day first'] as const;

/** Nothing is used before this is answered. */
function Pending({ state, dispatch }: ViewProps) {
  const { pending } = state.learning;
  const off = isBusy(state);
  return (
    <>
      <p>
        {plural(pending, 'matched row')} {pending === 1 ? 'is' : 'are'} not used yet.
      </p>
      <div class="row">
        <button
          type="button"
          class="action"
          disabled={off}
          onClick={() => dispatch({ kind: 'do', busy: 'use learnt', call: { name: 'learnUse', args: {} } })}
        >
          Use these as examples and checked rows
        </button>
        <button
          type="button"
          disabled={off}
          onClick={() => dispatch({ kind: 'do', busy: 'discard learnt', call: { name: 'learnDiscard', args: {} } })}
        >
          Discard
        </button>
      </div>
    </>
  );
}

/** The way back for what is used. */
function Used({ used, state, dispatch }: ViewProps & { readonly used: number }) {
  const off = isBusy(state);
  if (state.confirm !== 'forget')
    return (
      <p class="quiet">
        {plural(used, 'row')} of earlier months {used === 1 ? 'serves' : 'serve'} as examples.{' '}
        <button type="button" class="link" disabled={off} onClick={() => dispatch({ kind: 'ask', question: 'forget' })}>
          Forget what was learnt
        </button>
      </p>
    );
  return (
    <div role="alert">
      <p>
        Forget {plural(used, 'row')}? They no longer serve as examples or checked rows, and have to be given and matched
        again.
      </p>
      <div class="row">
        <button
          type="button"
          disabled={off}
          onClick={() => dispatch({ kind: 'do', busy: 'forget learnt', call: { name: 'learnForget', args: {} } })}
        >
          Forget them
        </button>
        <button type="button" class="link" onClick={() => dispatch({ kind: 'ask', question: null })}>
          Keep them
        </button>
      </div>
    </div>
  );
}

function share({ agree, rows }: { readonly agree: number; readonly rows: number }): string {
  return rows === 0 ? '' : `${Math.round((agree / rows) * 100)} %`;
}

function Learnt({ view }: { readonly view: LearnView }) {
  return (
    <div aria-live="polite">
      <p>
        <strong>{share(view)}</strong>: {view.agree} of {plural(view.rows, 'row')} as they were billed. {view.accepted}{' '}
        would have been accepted without a person, {view.acceptedWrong} of them on another line. {view.audited} would
        count as checked.
      </p>
      {view.known > 0 ? (
        <p>
          {plural(view.known, 'row')} had been given before
          {view.replaced > 0 ? `; ${view.replaced} of them with another line, which this one replaces` : ''}.
        </p>
      ) : null}
      {view.skipped > 0 ? (
        <p class="bad">
          {plural(view.skipped, 'row')} left out; mend and paste {view.skipped === 1 ? 'it' : 'them'} again when you
          like:
        </p>
      ) : null}
      {view.problems.map((problem) => (
        <p key={problem} class="bad">
          {problem}
        </p>
      ))}
      <Agreements title="By client" rows={view.byClient} />
      <Agreements title="By line" rows={view.byLine} />
      {view.differing.length > 0 ? (
        <details>
          <summary>{plural(view.differing.length, 'row')} that differ</summary>
          <ul class="problems">
            {view.differing.map((row) => (
              <li key={`${row.date} ${row.person} ${row.notes}`}>
                {row.date} {row.person}, {row.client}: &ldquo;{row.notes}&rdquo; was billed on {row.billed || 'no line'}
                , suggested {row.suggested || 'no line'}
                {row.accepted ? ' (would have been accepted)' : ''}. {row.reason}
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </div>
  );
}

function Agreements({ title, rows }: { readonly title: string; readonly rows: readonly Agreement[] }) {
  return (
    <details>
      <summary>{title}</summary>
      <ul>
        {rows.map((row) => (
          <li key={row.name}>
            {row.name}: {share(row)}, {row.agree} of {row.rows}
          </li>
        ))}
      </ul>
    </details>
  );
}
