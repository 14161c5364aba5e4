/** What keys do in the grid while no cell is being edited. */
import type { Place } from './places.ts';

export type GridKey =
  | { readonly kind: 'go'; readonly to: Place }
  | { readonly kind: 'edit'; readonly text: string | null }
  | { readonly kind: 'clear' };

interface Size {
  readonly rowCount: number;
  readonly columnCount: number;
}

const PAGE_ROWS = 20;

/** Null for keys that are the browser's; Tab is one of them, so the keyboard is never caught in the grid. */
export function gridKey(key: KeyboardEvent, at: Place, size: Size): GridKey | null {
  const far = key.ctrlKey || key.metaKey;
  const go = (row: number, column: number): GridKey => ({
    kind: 'go',
    to: {
      row: Math.min(size.rowCount, Math.max(1, row)),
      column: Math.min(size.columnCount, Math.max(1, column)),
    },
  });
  switch (key.key) {
    case 'ArrowUp':
      return go(far ? 1 : at.row - 1, at.column);
    case 'ArrowDown':
      return go(far ? size.rowCount : at.row + 1, at.column);
    case 'ArrowLeft':
      return go(at.row, far ? 1 : at.column - 1);
    case 'ArrowRight':
      return go(at.row, far ? size.columnCount : at.column + 1);
    case 'PageUp':
      return go(at.row - PAGE_ROWS, at.column);
    case 'PageDown':
      return go(at.row + PAGE_ROWS, at.column);
    case 'Home':
      return go(far ? 1 : at.row, 1);
    case 'End':
      return go(far ? size.rowCount : at.row, size.columnCount);
    case 'Enter':
    case 'F2':
      return { kind: 'edit', text: null };
    case 'Delete':
    case 'Backspace':
      return { kind: 'clear' };
    default:
      return key.key.length === 1 && !far && !key.altKey ? { kind: 'edit', text: key.key } : null;
  }
}
