// biome-ignore-all lint/a11y: a spreadsheet's grid, with the roles and the keys of the ARIA grid pattern on the scroller
import { useEffect, useRef, useState } from 'preact/hooks';
import { api } from '../api.ts';
import type { Grid, GridCell } from '../protocol.ts';
import { CellEditor } from './CellEditor.tsx';

interface GridViewProps {
  readonly tab: string;
  readonly version: number;
  readonly onType: (row: number, column: number, text: string) => void;
  readonly onSort: (column: number, ascending: boolean) => void;
}

interface Place {
  readonly row: number;
  readonly column: number;
}

const ROW_PX = 24;
const HEAD_PX = 24;
const NUMBERS_PX = 46;
/** Rows asked for at a time: the screen and a page around it. */
const WINDOW_ROWS = 120;
const DEFAULT_WIDTH_PX = 100;

/** A tab as Sheets shows it: letters, numbers, frozen header, formats, notes, drop-downs; rows are drawn only where seen. */
export function GridView({ tab, version, onType, onSort }: GridViewProps) {
  const [grid, setGrid] = useState<Grid | null>(null);
  const [head, setHead] = useState<readonly GridCell[]>([]);
  const [top, setTop] = useState(0);
  const [chosen, setChosen] = useState<Place>({ row: 2, column: 1 });
  const [editing, setEditing] = useState(false);
  const scroller = useRef<HTMLDivElement>(null);
  const fromRow = Math.max(1, Math.floor(top / ROW_PX) - 40);
  useEffect(() => {
    let stale = false;
    api.grid(tab, fromRow, WINDOW_ROWS).then(async (seen) => {
      const header = fromRow === 1 ? seen.cells[0] : (await api.grid(tab, 1, 1)).cells[0];
      if (stale) return;
      setGrid(seen);
      setHead(header ?? []);
    });
    return () => {
      stale = true;
    };
  }, [tab, version, fromRow]);

  if (!grid) return <p class="loading">Reading the tab&hellip;</p>;
  const widths = Array.from({ length: grid.columnCount }, (_, at) => grid.widths[at] ?? DEFAULT_WIDTH_PX);
  const width = NUMBERS_PX + widths.reduce((sum, one) => sum + one, 0);
  const cellAt = ({ row, column }: Place) => (row === 1 ? head : grid.cells[row - grid.fromRow])?.[column - 1];

  const move = (rows: number, columns: number) => {
    const row = Math.min(grid.rowCount, Math.max(1, chosen.row + rows));
    const column = Math.min(grid.columnCount, Math.max(1, chosen.column + columns));
    setChosen({ row, column });
    const view = scroller.current;
    if (!view) return;
    const y = (row - 1) * ROW_PX;
    if (y < view.scrollTop + ROW_PX) view.scrollTop = Math.max(0, y - ROW_PX);
    if (y > view.scrollTop + view.clientHeight - 3 * ROW_PX) view.scrollTop = y - view.clientHeight + 3 * ROW_PX;
  };

  const onKey = (key: KeyboardEvent) => {
    if (editing) return;
    const moves: Readonly<Record<string, readonly [number, number]>> = {
      ArrowUp: [-1, 0],
      ArrowDown: [1, 0],
      ArrowLeft: [0, -1],
      ArrowRight: [0, 1],
      PageDown: [20, 0],
      PageUp: [-20, 0],
      Tab: [0, key.shiftKey ? -1 : 1],
    };
    const by = moves[key.key];
    if (by) move(...by);
    else if (key.key === 'Enter' || key.key === 'F2') setEditing(true);
    else if (key.key === 'Delete' || key.key === 'Backspace') onType(chosen.row, chosen.column, '');
    else return;
    key.preventDefault();
  };

  const place = { grid, widths, chosen, editing, setChosen, setEditing };
  const finish = (text: string | null) => {
    setEditing(false);
    if (text !== null) onType(chosen.row, chosen.column, text);
    scroller.current?.focus();
  };
  const current = cellAt(chosen);
  return (
    <div class="sheet">
      <div class="formula-bar">
        <span class="name">
          {letters(chosen.column)}
          {chosen.row}
        </span>
        <span class="content">{current?.edit ?? ''}</span>
        {current?.note ? <span class="note">{current.note}</span> : null}
      </div>
      <div
        class="scroller"
        ref={scroller}
        tabIndex={0}
        role="grid"
        aria-label={tab}
        aria-rowcount={grid.rowCount}
        onScroll={(scroll) => setTop(scroll.currentTarget.scrollTop)}
        onKeyDown={onKey}
      >
        <div class="letters" style={{ width, height: HEAD_PX }}>
          <span class="number" style={{ width: NUMBERS_PX }} />
          {widths.map((one, at) => (
            <span
              class="letter"
              key={at}
              style={{ width: one }}
              title="Double click: sort A to Z; with Shift: Z to A"
              onDblClick={(click) => onSort(at + 1, !click.shiftKey)}
            >
              {letters(at + 1)}
            </span>
          ))}
        </div>
        {grid.frozenRows > 0 ? (
          <div class="frozen" style={{ width, top: HEAD_PX }}>
            <Row row={1} cells={head} {...place} />
          </div>
        ) : null}
        <div
          style={{
            width,
            height: grid.rowCount * ROW_PX,
            position: 'relative',
            marginTop: grid.frozenRows > 0 ? -ROW_PX : 0,
          }}
        >
          <div style={{ position: 'absolute', top: (grid.fromRow - 1) * ROW_PX, width }}>
            {grid.cells.map((cells, at) => (
              <Row key={grid.fromRow + at} row={grid.fromRow + at} cells={cells} {...place} />
            ))}
          </div>
          {editing && current ? (
            <CellEditor
              cell={current}
              style={{
                left: NUMBERS_PX + widths.slice(0, chosen.column - 1).reduce((sum, one) => sum + one, 0),
                top: (chosen.row - 1) * ROW_PX,
                width: Math.max(120, widths[chosen.column - 1] ?? DEFAULT_WIDTH_PX),
                height: ROW_PX + 2,
              }}
              onDone={finish}
            />
          ) : null}
        </div>
      </div>
    </div>
  );
}

interface RowProps {
  readonly row: number;
  readonly cells: readonly GridCell[];
  readonly widths: readonly number[];
  readonly chosen: Place;
  readonly setChosen: (place: Place) => void;
  readonly setEditing: (editing: boolean) => void;
}

function Row({ row, cells, widths, chosen, setChosen, setEditing }: RowProps) {
  return (
    <div class="line" role="row" aria-rowindex={row}>
      <span class="number" style={{ width: NUMBERS_PX }}>
        {row}
      </span>
      {cells.map((cell, at) => {
        const here = chosen.row === row && chosen.column === at + 1;
        return (
          <span
            role="gridcell"
            key={at}
            class={`cell${here ? ' here' : ''}${cell.guarded ? ' guarded' : ''}${cell.note === '' ? '' : ' noted'}`}
            style={{
              width: widths[at] ?? DEFAULT_WIDTH_PX,
              background: cell.background,
              color: cell.color,
              fontWeight: cell.bold ? 'bold' : 'normal',
              textAlign: cell.right ? 'right' : 'left',
            }}
            title={cell.note}
            onClick={() => setChosen({ row, column: at + 1 })}
            onDblClick={() => {
              setChosen({ row, column: at + 1 });
              setEditing(true);
            }}
          >
            {cell.text}
            {cell.choices ? <i class="arrow">{'\u25be'}</i> : null}
          </span>
        );
      })}
    </div>
  );
}

function letters(column: number): string {
  const rest = Math.floor((column - 1) / 26);
  return (rest > 0 ? letters(rest) : '') + String.fromCharCode(65 + ((column - 1) % 26));
}
