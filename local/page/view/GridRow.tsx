// biome-ignore-all lint/a11y: cells of a grid; keys are handled where the focus is, on the grid itself
import type { GridCell } from '../protocol.ts';
import { letters, NUMBERS_PX, type Place, px, roomFor } from './places.ts';

interface GridRowProps {
  readonly row: number;
  readonly cells: readonly GridCell[];
  readonly widths: readonly number[];
  readonly chosen: Place;
  readonly onChoose: (place: Place) => void;
  readonly onEdit: (place: Place) => void;
}

/** One row of cells behind its number. */
export function GridRow({ row, cells, widths, chosen, onChoose, onEdit }: GridRowProps) {
  return (
    <div class="line" role="row" aria-rowindex={row}>
      <span class={chosen.row === row ? 'number here' : 'number'} style={{ width: px(NUMBERS_PX) }}>
        {row}
      </span>
      {cells.map((cell, at) => {
        const place = { row, column: at + 1 };
        const here = chosen.row === row && chosen.column === at + 1;
        return (
          <span
            role="gridcell"
            key={at}
            id={cellId(place)}
            aria-selected={here}
            class={classOf(cell, here)}
            style={{
              width: px(widths[at] ?? 0),
              ...(cell.background === '' || cell.background === '#ffffff' ? {} : { background: cell.background }),
              ...(cell.color === '' ? {} : { color: cell.color }),
            }}
            title={cell.note === '' ? cell.text : cell.note}
            onClick={() => onChoose(place)}
            onDblClick={() => onEdit(place)}
          >
            {cell.text === '' ? null : (
              <span class="text" style={{ width: px(roomFor(cells, at, widths) - 8 - (cell.choices ? 14 : 0)) }}>
                {cell.text}
              </span>
            )}
            {cell.choices ? <i class="arrow" onClick={() => onEdit(place)} /> : null}
          </span>
        );
      })}
    </div>
  );
}

/** The id by which the grid names its chosen cell to screen readers. */
export function cellId({ row, column }: Place): string {
  return `cell-${letters(column)}${row}`;
}

function classOf(cell: GridCell, here: boolean): string {
  return [
    'cell',
    here ? 'here' : '',
    cell.guarded ? 'guarded' : '',
    cell.note === '' ? '' : 'noted',
    cell.bold ? 'bold' : '',
    cell.right ? 'right' : '',
  ]
    .filter((one) => one !== '')
    .join(' ');
}
