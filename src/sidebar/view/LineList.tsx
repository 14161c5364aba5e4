import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Choice } from '../cards.ts';
import { LINE_SEARCH_ID } from '../keys.ts';

interface LineListProps {
  readonly choices: readonly Choice[];
  /** The line that is suggested; '' for none. */
  readonly suggested: string;
  readonly onBook: (line: string) => void;
  readonly onLeave: () => void;
}

/** The lines to choose from, open. Arrows and digits move, typing filters; only Enter or a click books. */
export function LineList({ choices, suggested, onBook, onLeave }: LineListProps) {
  const [filter, setFilter] = useState('');
  const [picked, setPicked] = useState(-1);
  const box = useRef<HTMLDivElement>(null);
  const shown = choices.filter((choice) => fits(choice, filter));
  useLayoutEffect(() => {
    document.getElementById(LINE_SEARCH_ID)?.focus({ preventScroll: true });
    box.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  useLayoutEffect(() => {
    document.getElementById(optionId(picked))?.scrollIntoView({ block: 'nearest' });
  }, [picked]);
  const onKeyDown = (key: KeyboardEvent) => {
    if (key.ctrlKey || key.metaKey || key.altKey) return;
    const digit = filter === '' && /^[1-9]$/.test(key.key) ? Number(key.key) : 0;
    if (key.key === 'ArrowDown') setPicked(Math.min(shown.length - 1, picked + 1));
    else if (key.key === 'ArrowUp') setPicked(Math.max(0, picked - 1));
    else if (digit > 0) setPicked(Math.min(shown.length, digit) - 1);
    else if (key.key === 'Enter') {
      const choice = shown[picked];
      if (choice && !key.repeat) onBook(choice.line);
    } else return;
    key.preventDefault();
  };
  return (
    <div class="lines-open" ref={box}>
      <input
        id={LINE_SEARCH_ID}
        type="text"
        role="combobox"
        autocomplete="off"
        aria-label="Search the lines"
        placeholder="Search"
        aria-expanded="true"
        aria-controls="line-list"
        aria-activedescendant={shown[picked] ? optionId(picked) : undefined}
        value={filter}
        onKeyDown={onKeyDown}
        onInput={(input) => {
          const text = input.currentTarget.value;
          setFilter(text);
          setPicked(text.trim() === '' ? -1 : 0);
        }}
      />
      <div id="line-list" class="options" role="listbox" aria-label="Lines">
        {shown.map((choice, at) => (
          // biome-ignore lint/a11y/useFocusableInteractive lint/a11y/useKeyWithClickEvents: keys are taken by the field above
          <div
            key={choice.line}
            id={optionId(at)}
            role="option"
            aria-selected={at === picked}
            class={at === picked ? 'option picked' : 'option'}
            onMouseDown={(press) => press.preventDefault()}
            onClick={() => onBook(choice.line)}
          >
            <span class="digit" aria-hidden="true">
              {filter === '' && at < 9 ? at + 1 : ''}
            </span>
            <span>
              <strong>{choice.line}</strong> {choice.title}
              {choice.line === suggested ? <span class="quiet"> (suggested)</span> : null}
              {choice.note === '' ? null : <span class="note">{choice.note}</span>}
            </span>
          </div>
        ))}
      </div>
      {shown.length === 0 ? <p class="quiet">No line has these words.</p> : null}
      <div class="row">
        <span class="quiet">Arrows or 1-9 pick, typing searches, Enter books.</span>
        <button type="button" class="link" onClick={onLeave}>
          Leave the list
        </button>
      </div>
    </div>
  );
}

function optionId(at: number): string {
  return `line-option-${at}`;
}

/** Every word that was typed stands in the line, its title or its note. */
function fits(choice: Choice, filter: string): boolean {
  const text = `${choice.line} ${choice.title} ${choice.note}`.toLowerCase();
  return filter
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
