import { useState } from 'preact/hooks';
import type { ReviewRow } from '../../lib/calls.ts';
import { splitRow } from '../decisions.ts';
import type { ViewProps } from './Sidebar.tsx';

interface Part {
  readonly line: string;
  readonly hours: string;
}

/** Splits one entry's hours over two or more lines; what is left over is shown until it is nothing. */
export function SplitForm({ row, dispatch }: { readonly row: ReviewRow; readonly dispatch: ViewProps['dispatch'] }) {
  const first = row.suggestion?.line ?? '';
  const [parts, setParts] = useState<readonly Part[]>([
    { line: first, hours: '' },
    { line: '', hours: '' },
  ]);
  const total = row.hours ?? 0;
  const left = Math.round((total - parts.reduce((sum, part) => sum + (Number(part.hours) || 0), 0)) * 10_000) / 10_000;
  const complete = left === 0 && parts.every((part) => part.line !== '' && Number(part.hours) !== 0);
  const set = (index: number, change: Partial<Part>) =>
    setParts(parts.map((part, at) => (at === index ? { ...part, ...change } : part)));
  return (
    <form
      class="split"
      onSubmit={(submit) => {
        submit.preventDefault();
        if (complete)
          dispatch(
            splitRow(
              row,
              parts.map((part) => ({ line: part.line, hours: Number(part.hours) })),
            ),
          );
      }}
    >
      <strong>Split {total} h</strong>
      {parts.map((part, index) => (
        <div class="row" key={index}>
          <select
            aria-label={`Line of part ${index + 1}`}
            value={part.line}
            onChange={(change) => set(index, { line: change.currentTarget.value })}
          >
            <option value="">Line&hellip;</option>
            {row.alternatives.map((choice) => (
              <option key={choice.line} value={choice.line}>
                {choice.line} {choice.title}
              </option>
            ))}
          </select>
          <input
            aria-label={`Hours of part ${index + 1}`}
            type="number"
            step="any"
            value={part.hours}
            onInput={(input) => set(index, { hours: input.currentTarget.value })}
          />
        </div>
      ))}
      <p class="quiet">{left === 0 ? 'All hours are placed.' : `${left} h still to place.`}</p>
      <div class="row">
        <button type="submit" class="action" disabled={!complete}>
          Split
        </button>
        <button type="button" onClick={() => setParts([...parts, { line: '', hours: '' }])}>
          Add a part
        </button>
      </div>
    </form>
  );
}
