import type { ReviewRow } from '../../lib/calls.ts';
import type { Choice } from '../cards.ts';
import { splitRow } from '../decisions.ts';
import { checkedParts, filledParts } from '../split.ts';
import { rowName, type SplitPart } from '../state.ts';
import type { ViewProps } from './Sidebar.tsx';

interface SplitFormProps {
  readonly row: ReviewRow;
  readonly parts: readonly SplitPart[];
  readonly choices: readonly Choice[];
  readonly dispatch: ViewProps['dispatch'];
}

/** Splits one entry's hours over two or more lines; what is left over is shown until it is nothing. */
export function SplitForm({ row, parts, choices, dispatch }: SplitFormProps) {
  const whole = row.hours ?? 0;
  const filled = filledParts(whole, parts);
  const checked = checkedParts(whole, filled);
  const fill = (next: readonly SplitPart[]) => dispatch({ kind: 'fill split', row: rowName(row), parts: next });
  const set = (index: number, change: Partial<SplitPart>) =>
    fill(parts.map((part, at) => (at === index ? { ...part, ...change } : part)));
  return (
    <form
      class="split"
      onSubmit={(submit) => {
        submit.preventDefault();
        if (checked.ok) dispatch(splitRow(row, checked.parts));
      }}
    >
      <strong>
        Split {whole} h of {row.date}, {row.person}
      </strong>
      {filled.map((part, index) => (
        <div class="row" key={index}>
          <select
            aria-label={`Line of part ${index + 1}`}
            value={part.line}
            onChange={(change) => set(index, { line: change.currentTarget.value })}
          >
            <option value="">Line&hellip;</option>
            {choices.map((choice) => (
              <option key={choice.line} value={choice.line}>
                {choice.line} {choice.title}
                {choice.note === '' ? '' : ` (${choice.note})`}
              </option>
            ))}
          </select>
          <input
            aria-label={`Hours of part ${index + 1}`}
            type="number"
            step="any"
            value={part.hours}
            onInput={(input) => set(index, { hours: input.currentTarget.value, typed: true })}
            onBlur={() => (part.hours === '' && part.typed ? set(index, { typed: false }) : undefined)}
          />
          <button
            type="button"
            class="link"
            aria-label={`Remove part ${index + 1}`}
            disabled={parts.length <= 2}
            onClick={() => fill(parts.filter((_, at) => at !== index))}
          >
            &times;
          </button>
        </div>
      ))}
      <p class="quiet" role="status">
        {checked.ok ? 'All hours are placed.' : checked.problem}
      </p>
      <div class="row">
        <button type="submit" class="action" disabled={!checked.ok}>
          Split
        </button>
        <button type="button" onClick={() => fill([...filled, { line: '', hours: '', typed: false }])}>
          Add a part
        </button>
        <button type="button" onClick={() => dispatch({ kind: 'drop split', row })}>
          Cancel
        </button>
      </div>
    </form>
  );
}
