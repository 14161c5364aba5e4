// biome-ignore-all lint/a11y: a spreadsheet's grid, with the roles and the keys of the ARIA grid pattern on the scroller
import { useEffect, useRef, useState } from 'preact/hooks';
import { api } from '../api.ts';
import type { Grid, GridCell } from '../protocol.ts';
import { CellEditor } from './CellEditor.tsx';
import { ChartView } from './ChartView.tsx';
import { cellId, GridRow } from './GridRow.tsx';
import { gridKey } from './grid-keys.ts';
import { HEAD_PX, leftOf, letters, NUMBERS_PX, type Place, px, ROW_PX, widthsOf } from './places.ts';

interface GridViewProps {
  readonly tab: string;
  readonly version: number;
  readonly onType: (row: number, column: number, text: string) => void;
  readonly onSort: (column: number, ascending: boolean) => void;
}

/** Rows asked for at a time: the screen and a page around it, moved on in steps. */
const WINDOW_ROWS = 160;
const STEP_ROWS = 40;

export const GUARDED = 'This cell is kept by the add-on, which may write over it. Change it all the same?';

/** A tab as Sheets shows it: letters, numbers, frozen header, formats, notes, drop-downs; rows are drawn only where seen. */
export function GridView({ tab, version, onType, onSort }: GridViewProps) {
  const [grid, setGrid] = useState<Grid | null>(null);
  const [head, setHead] = useState<readonly GridCell[]>([]);
  const [top, setTop] = useState(0);
  const [chosen, setChosen] = useState<Place>({ row: 2, column: 1 });
  /** The text that an edit begins with; null: what stands in the cell; undefined: nothing is edited. */
  const [editing, setEditing] = useState<string | null | undefined>(undefined);
  const scroller = useRef<HTMLDivElement>(null);
  const fromRow = Math.max(1, (Math.floor(top / ROW_PX / STEP_ROWS) - 1) * STEP_ROWS + 1);
  useEffect(() => {
    let stale = false;
    const read = async () => {
      const seen = await api.grid(tab, fromRow, WINDOW_ROWS);
      const header = fromRow === 1 ? seen.cells[0] : (await api.grid(tab, 1, 1)).cells[0];
      if (stale) return;
      setGrid(seen);
      setHead(header ?? []);
    };
    // A server that has stopped is told of by the page itself.
    read().catch(() => {});
    return () => {
      stale = true;
    };
  }, [tab, version, fromRow]);

  if (!grid) return <p class="loading sheet">Reading the tab&hellip;</p>;
  const widths = widthsOf(grid);
  const width = px(NUMBERS_PX + leftOf(widths, grid.columnCount + 1));
  const frozen = grid.frozenRows > 0;
  const current = (chosen.row === 1 ? head : grid.cells[chosen.row - grid.fromRow])?.[chosen.column - 1];

  const choose = (place: Place) => {
    setChosen(place);
    bringIntoView(scroller.current, place, widths, frozen);
  };
  const edit = (place: Place, text: string | null = null) => {
    choose(place);
    setEditing(text);
  };
  const onKey = (key: KeyboardEvent) => {
    if (editing !== undefined) return;
    const does = gridKey(key, chosen, grid);
    if (!does) return;
    key.preventDefault();
    if (does.kind === 'go') choose(does.to);
    else if (does.kind === 'edit') setEditing(does.text);
    else if (current && current.edit !== '' && (!current.guarded || confirm(GUARDED)))
      onType(chosen.row, chosen.column, '');
  };
  const finish = (text: string | null, then: { readonly rows: number; readonly columns: number }) => {
    setEditing(undefined);
    if (text !== null && text !== current?.edit && (!current?.guarded || confirm(GUARDED)))
      onType(chosen.row, chosen.column, text);
    choose({
      row: Math.min(grid.rowCount, chosen.row + then.rows),
      column: Math.min(grid.columnCount, Math.max(1, chosen.column + then.columns)),
    });
    scroller.current?.focus();
  };

  const row = { widths, chosen, onChoose: choose, onEdit: (place: Place) => edit(place) };
  return (
    <div class="sheet">
      <div class="formula-bar">
        <span class="name">
          {letters(chosen.column)}
          {chosen.row}
        </span>
        <span class="content">{current?.edit ?? ''}</span>
        {current?.guarded ? <span class="note">kept by the add-on</span> : null}
        <span class="sort">
          <button type="button" onClick={() => onSort(chosen.column, true)}>
            Sort by {letters(chosen.column)}, A to Z
          </button>
          <button type="button" onClick={() => onSort(chosen.column, false)}>
            Z to A
          </button>
        </span>
      </div>
      {current?.note ? <div class="note-bar">{current.note}</div> : null}
      <div
        class="scroller"
        ref={scroller}
        tabIndex={0}
        role="grid"
        aria-label={tab}
        aria-rowcount={grid.rowCount}
        aria-activedescendant={cellId(chosen)}
        onScroll={(scroll) => setTop(scroll.currentTarget.scrollTop)}
        onKeyDown={onKey}
      >
        <div class="letters" style={{ width, height: px(HEAD_PX) }}>
          <span class="corner" style={{ width: px(NUMBERS_PX) }} />
          {widths.map((one, at) => (
            <span class={chosen.column === at + 1 ? 'letter here' : 'letter'} key={at} style={{ width: px(one) }}>
              {letters(at + 1)}
            </span>
          ))}
        </div>
        {frozen ? (
          <div class="frozen" style={{ width, top: px(HEAD_PX) }}>
            <GridRow row={1} cells={head} {...row} />
          </div>
        ) : null}
        <div class="rows" style={{ width, height: px(grid.rowCount * ROW_PX), marginTop: px(frozen ? -ROW_PX : 0) }}>
          <div class="drawn" style={{ top: px((grid.fromRow - 1) * ROW_PX), width }}>
            {grid.cells.map((cells, at) =>
              frozen && grid.fromRow + at === 1 ? (
                <div class="line" key={1} />
              ) : (
                <GridRow key={grid.fromRow + at} row={grid.fromRow + at} cells={cells} {...row} />
              ),
            )}
          </div>
          {grid.charts.map((chart) => (
            <ChartView
              key={chart.title}
              chart={chart}
              left={NUMBERS_PX + leftOf(widths, chart.column)}
              top={(chart.row - 1) * ROW_PX}
            />
          ))}
          {editing !== undefined && current ? (
            <CellEditor
              cell={current}
              begin={editing}
              left={NUMBERS_PX + leftOf(widths, chosen.column)}
              top={(chosen.row - 1) * ROW_PX}
              width={widths[chosen.column - 1] ?? 0}
              onDone={finish}
            />
          ) : null}
        </div>
      </div>
    </div>
  );
}

function bringIntoView(view: HTMLDivElement | null, place: Place, widths: readonly number[], frozen: boolean): void {
  if (!view) return;
  const above = HEAD_PX + (frozen ? ROW_PX : 0);
  const y = (place.row - 1) * ROW_PX;
  const height = view.clientHeight - HEAD_PX;
  if (y - (above - HEAD_PX) < view.scrollTop) view.scrollTop = Math.max(0, y - (above - HEAD_PX));
  else if (y + ROW_PX > view.scrollTop + height) view.scrollTop = y + ROW_PX - height;
  const x = leftOf(widths, place.column);
  const room = view.clientWidth - NUMBERS_PX;
  const wide = widths[place.column - 1] ?? 0;
  if (x < view.scrollLeft) view.scrollLeft = x;
  else if (x + wide > view.scrollLeft + room) view.scrollLeft = Math.min(x, x + wide - room);
}
