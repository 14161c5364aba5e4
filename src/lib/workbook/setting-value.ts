import { type Cell, isBlank } from './cell.ts';
import type { ColumnOptions } from './codecs.ts';
import type { Column } from './column.ts';

/** The value of a setting as it stands in its cell; each setting reads it in its own way. */
export function settingValue(header: string, options: ColumnOptions): Column<Cell> {
  return {
    header,
    kind: 'as the setting allows',
    about: options.about,
    owner: options.owner ?? 'person',
    required: false,
    format: '',
    width: options.width ?? 220,
    dropDown: null,
    tooLong: 'refuse',
    decode: (cell) => ({ ok: true, value: isBlank(cell) ? '' : cell }),
    encode: (value) => (typeof value === 'boolean' ? (value ? 'TRUE' : 'FALSE') : value),
  };
}
