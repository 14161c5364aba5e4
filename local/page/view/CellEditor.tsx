// biome-ignore-all lint/a11y: the combo box of the ARIA pattern; its options follow the keys of the box
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { GridCell } from '../protocol.ts';
import { px, ROW_PX } from './places.ts';

interface CellEditorProps {
  readonly cell: GridCell;
  /** The text to begin with; null: what stands in the cell. */
  readonly begin: string | null;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  /** The text to be entered, or null when nothing is changed; then where to go from here. */
  readonly onDone: (text: string | null, then: { readonly rows: number; readonly columns: number }) => void;
}

const STAY = { rows: 0, columns: 0 } as const;
const LEAST_WIDTH_PX = 140;
const LIST_ID = 'choices';

/** The box in which a cell is edited, with the choices under it where the cell has a drop-down. Enter takes it, Escape leaves it. */
export function CellEditor({ cell, begin, left, top, width, onDone }: CellEditorProps) {
  const [text, setText] = useState(begin ?? cell.edit);
  const [marked, setMarked] = useState(-1);
  const box = useRef<HTMLInputElement>(null);
  const over = useRef(false);
  // At once, or the next key would be lost.
  useLayoutEffect(() => {
    box.current?.focus();
    if (begin === null) box.current?.select();
  }, [begin]);
  const choices = (cell.choices ?? []).filter(
    (choice) => text === cell.edit || choice.toLowerCase().includes(text.trim().toLowerCase()),
  );
  const take = (value: string, then: { readonly rows: number; readonly columns: number }) => {
    if (over.current) return;
    over.current = true;
    onDone(value, then);
  };
  const leave = () => {
    over.current = true;
    onDone(null, STAY);
  };
  const onKeyDown = (key: KeyboardEvent) => {
    key.stopPropagation();
    const value = choices[marked] ?? text;
    if (key.key === 'Escape') leave();
    else if (key.key === 'Enter') take(value, { rows: 1, columns: 0 });
    else if (key.key === 'Tab') take(value, { rows: 0, columns: key.shiftKey ? -1 : 1 });
    else if (choices.length > 0 && key.key === 'ArrowDown') setMarked(Math.min(choices.length - 1, marked + 1));
    else if (choices.length > 0 && key.key === 'ArrowUp') setMarked(Math.max(-1, marked - 1));
    else return;
    key.preventDefault();
  };
  return (
    <div class="editor" style={{ left: px(left), top: px(top), width: px(Math.max(LEAST_WIDTH_PX, width)) }}>
      <input
        ref={box}
        style={{ height: px(ROW_PX) }}
        value={text}
        aria-label="Edit the cell"
        role={cell.choices ? 'combobox' : undefined}
        aria-expanded={cell.choices ? choices.length > 0 : undefined}
        aria-controls={cell.choices ? LIST_ID : undefined}
        aria-activedescendant={marked >= 0 ? `choice-${marked}` : undefined}
        onInput={(input) => {
          setText(input.currentTarget.value);
          setMarked(-1);
        }}
        onKeyDown={onKeyDown}
        onBlur={() => take(text, STAY)}
      />
      {cell.choices && choices.length > 0 ? (
        <ul id={LIST_ID} role="listbox" aria-label="Choices">
          {choices.map((choice, at) => (
            <li
              key={choice}
              id={`choice-${at}`}
              role="option"
              aria-selected={at === marked || choice === text}
              class={at === marked ? 'marked' : ''}
              onMouseDown={(press) => {
                press.preventDefault();
                take(choice, STAY);
              }}
            >
              {choice}
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}
