import type { ComponentChildren } from 'preact';
import type { Event, Notice, Remote } from '../state.ts';
import { known } from '../state.ts';

type Dispatch = (event: Event) => void;

/** What just happened, read out by screen readers, with *Undo* where there is a way back. */
export function NoticeBar({ notice, dispatch }: { readonly notice: Notice | null; readonly dispatch: Dispatch }) {
  return (
    <div aria-live="polite">
      {notice ? (
        <div class={`notice ${notice.tone}`}>
          <span>{notice.text}</span>
          {notice.undo.length > 0 ? (
            <button type="button" class="link" onClick={() => dispatch({ kind: 'undo' })}>
              Undo
            </button>
          ) : null}
          <button
            type="button"
            class="link"
            aria-label="Close this message"
            onClick={() => dispatch({ kind: 'dismiss' })}
          >
            Close
          </button>
        </div>
      ) : null}
    </div>
  );
}

interface LoadedProps<T> {
  readonly remote: Remote<T>;
  readonly what: string;
  readonly dispatch: Dispatch;
  readonly children: (value: T) => ComponentChildren;
}

/** Shows something asked for in each of its states; what was known before stays readable. */
export function Loaded<T>({ remote, what, dispatch, children }: LoadedProps<T>) {
  const value = known(remote);
  return (
    <>
      {remote.kind === 'failed' ? (
        <div class="notice bad" role="alert">
          <span>
            {remote.message} {value ? 'What you see is from before.' : ''}
          </span>
          <button type="button" class="link" onClick={() => dispatch({ kind: 'refresh' })}>
            Try again
          </button>
        </div>
      ) : null}
      {remote.kind === 'loading' && value === null ? <p class="quiet">Reading {what}&hellip;</p> : null}
      {value === null ? null : children(value)}
    </>
  );
}

/** Amount with two decimals and thousands separators, in front of it the currency where it is not dollars. */
export function money(amount: number, currency = 'USD'): string {
  const decimals = Number.isInteger(amount) && currency === 'JPY' ? 0 : 2;
  const text = Math.abs(amount)
    .toFixed(decimals)
    .replace(/\B(?=(\d{3})+(?!\d))/g, ',');
  const sign = amount < 0 ? '-' : '';
  return currency === 'USD' || currency === '' ? `${sign}$${text}` : `${sign}${text} ${currency}`;
}

/** A moment as people here write it, in the spreadsheet's time zone, so that everyone reads the same. */
export function moment(ms: number, timeZone: string): string {
  const looks = { dateStyle: 'medium', timeStyle: 'short' } as const;
  try {
    return new Date(ms).toLocaleString([], { ...looks, timeZone });
  } catch {
    // A zone that this browser does not know.
    return new Date(ms).toLocaleString([], looks);
  }
}

/** 1 entry, 2 entries. */
export function plural(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`;
}
