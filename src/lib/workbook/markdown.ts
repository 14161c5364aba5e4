import type { Column } from './column.ts';
import type { TableDef } from './define.ts';

/** The documentation of tables as markdown: one heading and one table of columns per tab. */
export function tablesAsMarkdown(tables: readonly TableDef[]): string {
  return `${tables.map(tableAsMarkdown).join('\n\n')}\n`;
}

function tableAsMarkdown(table: TableDef): string {
  const key = table.key.map((property) => table.columns[property]?.header ?? property).join(', ');
  return [
    `## ${table.tab}${table.hidden ? ' (hidden)' : ''}`,
    '',
    table.about + (key === '' ? '' : ` Key: ${key}.`),
    '',
    '| Column | Value | Who writes it | Meaning |',
    '| --- | --- | --- | --- |',
    ...Object.values(table.columns).map(columnAsMarkdown),
  ].join('\n');
}

function columnAsMarkdown(column: Column<unknown>): string {
  const who = { machine: 'the product', person: 'you', both: 'both' }[column.owner];
  const cells = [column.header, column.kind, who, column.about];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}
