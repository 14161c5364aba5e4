import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tablesAsMarkdown } from '../../src/lib/workbook/markdown.ts';
import { allTables } from '../../src/lib/workbook/tables.ts';
import { repositoryRoot } from './files.ts';

const page = join(repositoryRoot, 'docs', 'workbook.md');
const start = '<!-- from here on written from src/lib/workbook/tables -->';

describe('docs/workbook.md', () => {
  it('lists every tab and column as the tables declare them', () => {
    const [written = '', listed = ''] = readFileSync(page, 'utf8').split(start);
    const wanted = `\n\n${tablesAsMarkdown(allTables)}`;
    if (process.env['UPDATE_DOCS'] === '1') writeFileSync(page, `${written}${start}${wanted}`);
    else
      expect(
        listed === wanted,
        'docs/workbook.md differs from the tables. Renew it: UPDATE_DOCS=1 npx vitest run test/docs',
      ).toBe(true);
  });
});
