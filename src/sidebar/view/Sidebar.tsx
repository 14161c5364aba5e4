import { waitingCount } from '../cards.ts';
import type { Event, State, ViewName } from '../state.ts';
import { Invoices } from './Invoices.tsx';
import { JobBar } from './JobBar.tsx';
import { NoticeBar } from './parts.tsx';
import { Review } from './Review.tsx';
import { SowImport } from './SowImport.tsx';
import { Status } from './Status.tsx';

export interface ViewProps {
  readonly state: State;
  readonly dispatch: (event: Event) => void;
}

const VIEWS: readonly { readonly view: ViewName; readonly title: string }[] = [
  { view: 'review', title: 'Review' },
  { view: 'invoices', title: 'Invoices' },
  { view: 'sowList', title: 'SOWs' },
  { view: 'status', title: 'Status' },
];

/** The whole sidebar: three views, the running job, what just happened. */
export function Sidebar({ state, dispatch }: ViewProps) {
  const waiting = waitingCount(state);
  return (
    <main>
      <div class="top">
        <nav aria-label="Views">
          {VIEWS.map(({ view, title }) => (
            <button
              key={view}
              type="button"
              class={state.view === view ? 'tab chosen' : 'tab'}
              aria-current={state.view === view ? 'page' : undefined}
              onClick={() => dispatch({ kind: 'show', view })}
            >
              {title}
              {view === 'review' && waiting > 0 ? <span class="count">{waiting}</span> : null}
            </button>
          ))}
        </nav>
        {state.view === 'review' && waiting > 0 ? (
          <div class="away-hint">Keys go to the sheet now. Click in here to use them.</div>
        ) : null}
        <NoticeBar notice={state.notice} dispatch={dispatch} />
      </div>
      <JobBar state={state} dispatch={dispatch} />
      {state.view === 'review' ? <Review state={state} dispatch={dispatch} /> : null}
      {state.view === 'invoices' ? <Invoices state={state} dispatch={dispatch} /> : null}
      {state.view === 'sowList' ? <SowImport state={state} dispatch={dispatch} /> : null}
      {state.view === 'status' ? <Status state={state} dispatch={dispatch} /> : null}
    </main>
  );
}
