import { useEffect, useRef, useState } from 'preact/hooks';
import type { GridCell } from '../protocol.ts';

interface CellEditorProps {
  readonly cell: GridCell;
  readonly style: Readonly<Record<string, string | number>>;
  /** The text to be entered, or null when nothing is changed. */
  readonly onDone: (text: string | null) => void;
}

const GUARDED = 'You are about to edit a part of this sheet that the add-on keeps. Change it all the same?';

/** The box in which a cell is edited; a drop-down where the cell has one. Enter takes it, Escape leaves it. */
export function CellEditor({ cell, style, onDone }: CellEditorProps) {
  const [text, setText] = useState(cell.edit);
  const box = useRef<HTMLInputElement & HTMLSelectElement>(null);
  useEffect(() => box.current?.focus(), []);
  const take = (value: string) => {
    if (value === cell.edit) onDone(null);
    else onDone(!cell.guarded || confirm(GUARDED) ? value : null);
  };
  const onKeyDown = (key: KeyboardEvent) => {
    if (key.key === 'Escape') onDone(null);
    if (key.key === 'Enter') take(text);
    key.stopPropagation();
  };
  if (cell.choices) {
    const known = cell.choices.includes(text) || text === '' ? cell.choices : [text, ...cell.choices];
    return (
      <select
        ref={box}
        class="editor"
        style={style}
        value={text}
        aria-label="Choose a value"
        onChange={(change) => take(change.currentTarget.value)}
        onKeyDown={onKeyDown}
        onBlur={() => onDone(null)}
      >
        <option value="" />
        {known.map((choice) => (
          <option key={choice} value={choice}>
            {choice}
          </option>
        ))}
      </select>
    );
  }
  return (
    <input
      ref={box}
      class="editor"
      style={style}
      value={text}
      aria-label="Edit the cell"
      onInput={(input) => setText(input.currentTarget.value)}
      onKeyDown={onKeyDown}
      onBlur={() => take(text)}
    />
  );
}
