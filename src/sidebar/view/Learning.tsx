import type { Agreement, LearnView } from '../../lib/learning/model.ts';
import { isBusy } from '../state.ts';
import { plural } from './parts.tsx';
import type { ViewProps } from './Sidebar.tsx';

/** Earlier months with known answers: matched, compared, and kept as examples and checked rows. It goes on by itself until all are. */
export function Learning({ state, dispatch }: ViewProps) {
  const { csv, started, going, left } = state.learning;
  const waits = left > 0 && (started === csv || (started === null && csv === ''));
  const done = state.learnt?.rows ?? 0;
  return (
    <>
      <h2>Learn from the past</h2>
      <p class="quiet">
        Paste time of earlier months, with headers: Date, Person, Client, Project, Task, Notes, Hours, SOW line. Left
        empty, the rows in Time entries from before First period are used.
      </p>
      <label class="field">
        Earlier months
        <textarea
          rows={3}
          value={csv}
          disabled={state.busy === 'learn'}
          onInput={(input) => dispatch({ kind: 'earlier months', csv: input.currentTarget.value })}
        />
      </label>
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
    </>
  );
}

function Learnt({ view }: { readonly view: LearnView }) {
  return (
    <div aria-live="polite">
      <p>
        {view.agree} of {plural(view.rows, 'row')} as they were billed. {view.accepted} would have been accepted without
        a person, {view.acceptedWrong} of them on another line. {view.audited} count as checked.
      </p>
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
            {row.name}: {row.agree} of {row.rows}
          </li>
        ))}
      </ul>
    </details>
  );
}
