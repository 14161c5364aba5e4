import { cardsOf, currentCard, waitingCount } from '../cards.ts';
import { known } from '../state.ts';
import { Loaded, plural } from './parts.tsx';
import { ReviewCard } from './ReviewCard.tsx';
import type { ViewProps } from './Sidebar.tsx';

/** How many cards are drawn around the chosen one; the others come when the person moves on. */
const DRAWN_BEFORE = 10;
const DRAWN_AFTER = 30;

/** What waits for a person, one card per group of alike rows. */
export function Review({ state, dispatch }: ViewProps) {
  return (
    <section aria-label="Review">
      <Loaded remote={state.review} what="the entries that wait" dispatch={dispatch}>
        {() => <Cards state={state} dispatch={dispatch} />}
      </Loaded>
    </section>
  );
}

function Cards({ state, dispatch }: ViewProps) {
  const cards = cardsOf(state);
  const current = currentCard(state);
  if (!current) return <Empty state={state} dispatch={dispatch} />;
  const at = cards.findIndex((card) => card.group === current.group);
  const first = Math.max(0, at - DRAWN_BEFORE);
  const drawn = cards.slice(first, at + DRAWN_AFTER);
  const rows = cards.reduce((sum, card) => sum + card.rows.length, 0);
  return (
    <>
      <p class="quiet">
        {plural(cards.length, 'decision')} for {plural(rows, 'row')}. Keys: A accept, C choose, X exclude, S split, J
        and K move, U undo.
      </p>
      {first > 0 ? <p class="quiet">{plural(first, 'card')} above.</p> : null}
      {drawn.map((card) => (
        <ReviewCard
          key={card.group}
          card={card}
          open={card.group === current.group}
          state={state}
          dispatch={dispatch}
        />
      ))}
      {first + drawn.length < cards.length ? (
        <p class="quiet">{plural(cards.length - first - drawn.length, 'more card')} below.</p>
      ) : null}
    </>
  );
}

function Empty({ state, dispatch }: ViewProps) {
  if (state.saving.length > 0 || waitingCount(state) > 0) return <p class="quiet">Saving your decisions&hellip;</p>;
  const status = known(state.status);
  const counts = status?.counts;
  const seen = counts ? counts.auto + counts.approved + counts.invoiced + counts.excluded + status.otherRows : 0;
  return (
    <div class="empty">
      {seen > 0 ? (
        <>
          <p>Nothing waits for you.</p>
          <button type="button" class="action" onClick={() => dispatch({ kind: 'show', view: 'invoices' })}>
            Go to the invoices
          </button>
        </>
      ) : (
        <>
          <p>No time entries yet. They come with the month-end run.</p>
          <button type="button" class="action" onClick={() => dispatch({ kind: 'show', view: 'status' })}>
            Go to the status
          </button>
        </>
      )}
    </div>
  );
}
