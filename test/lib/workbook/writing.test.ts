import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { planBlocks, runs } from '../../../src/lib/workbook/blocks.ts';
import { cutText, encodeCell } from '../../../src/lib/workbook/encode.ts';
import { tablesAsMarkdown } from '../../../src/lib/workbook/markdown.ts';
import { planReplacement } from '../../../src/lib/workbook/replace.ts';
import { allTables, entryRecords, invoiceLines, timeEntries } from '../../../src/lib/workbook/tables.ts';
import { tabOf } from './tab-of.ts';

describe('packing changed cells into few blocks', () => {
  const noFormula = { current: () => 'old', hasFormula: () => false };

  test('the same columns in consecutive rows are one block', () => {
    const changes = new Map(
      [3, 4, 5].map((row) => [
        row,
        new Map([
          [1, `a${row}`],
          [2, `b${row}`],
        ]),
      ]),
    );
    expect(planBlocks(changes, noFormula)).toEqual([
      {
        row: 3,
        column: 1,
        values: [
          ['a3', 'b3'],
          ['a4', 'b4'],
          ['a5', 'b5'],
        ],
      },
    ]);
  });

  test('rows between are written back as they stand, unless a formula stands there', () => {
    const changes = new Map([
      [1, new Map([[0, 'x']])],
      [3, new Map([[0, 'y']])],
    ]);
    expect(planBlocks(changes, noFormula)).toEqual([{ row: 1, column: 0, values: [['x'], ['old'], ['y']] }]);
    expect(planBlocks(changes, { ...noFormula, hasFormula: (row) => row === 2 })).toEqual([
      { row: 1, column: 0, values: [['x']] },
      { row: 3, column: 0, values: [['y']] },
    ]);
  });

  test('rows that lie far apart are blocks of their own', () => {
    const changes = new Map([
      [1, new Map([[0, 'x']])],
      [9000, new Map([[0, 'y']])],
    ]);
    expect(planBlocks(changes, noFormula).map((block) => block.values.length)).toEqual([1, 1]);
  });

  test('writes every change, no formula, and nothing else but what stood there', () => {
    const cells = fc.array(fc.record({ row: fc.nat(30), column: fc.nat(6), value: fc.nat(99) }), { minLength: 1 });
    const formulas = fc.uniqueArray(fc.record({ row: fc.nat(30), column: fc.nat(6) }), {
      selector: (at) => `${at.row},${at.column}`,
    });
    fc.assert(
      fc.property(cells, formulas, (changed, formulaCells) => {
        const place = (row: number, column: number) => `${row},${column}`;
        const changes = new Map<number, Map<number, string>>();
        const wanted = new Map<string, string>();
        for (const { row, column, value } of changed) {
          changes.set(row, (changes.get(row) ?? new Map()).set(column, `new ${value}`));
          wanted.set(place(row, column), `new ${value}`);
        }
        const formulasAt = new Set(formulaCells.map((at) => place(at.row, at.column)));
        const blocks = planBlocks(changes, {
          current: (row, column) => `old ${place(row, column)}`,
          hasFormula: (row, column) => formulasAt.has(place(row, column)),
        });
        const written = new Map<string, string>();
        for (const block of blocks) {
          block.values.forEach((values, down) => {
            values.forEach((value, across) => {
              const at = place(block.row + down, block.column + across);
              expect(written.has(at)).toBe(false);
              written.set(at, value);
            });
          });
        }
        for (const [at, value] of wanted) expect(written.get(at)).toBe(value);
        for (const [at, value] of written) {
          if (wanted.has(at)) continue;
          expect(value).toBe(`old ${at}`);
          expect(formulasAt.has(at)).toBe(false);
        }
      }),
    );
  });

  test('numbers are grouped into runs of neighbours', () => {
    expect(runs([5, 1, 2, 9, 3])).toEqual([
      [1, 3],
      [5, 5],
      [9, 9],
    ]);
  });
});

describe('values on their way to cells', () => {
  test('a note of 100 KB is cut with a visible mark and fits into a cell', () => {
    const cell = encodeCell(timeEntries, 'notes', 'x'.repeat(100_000));
    expect(typeof cell === 'string' && cell.length < 50_000 && cell.endsWith('… (cut)')).toBe(true);
  });

  test('the cut never halves a character', () => {
    for (const pad of ['', 'a']) expect(cutText(pad + '😀'.repeat(30_000))).not.toMatch(/\p{Cs}/u);
  });

  test('a text that must be whole is refused when it does not fit', () => {
    expect(() => encodeCell(entryRecords, 'source', 'x'.repeat(60_000))).toThrow(
      'A text of 60000 characters does not fit into column Source of the tab Entry records; a cell holds 50000.',
    );
  });

  test('a number that is none is refused', () => {
    expect(() => encodeCell(timeEntries, 'hours', Number.NaN)).toThrow(
      'Column Hours of the tab Time entries cannot hold "NaN"',
    );
  });
});

describe('replacing rows', () => {
  test('rows with the same key are changed in place, others added and removed', () => {
    const line = (no: number, amount: number) => ({ Invoice: 'I', No: no, Kind: 'time', Amount: amount });
    const standing = tabOf(invoiceLines, [line(1, 10), line(2, 20), line(3, 30)]).rows;
    const wanted = tabOf(invoiceLines, [line(2, 20), line(3, 31), line(4, 40)]).rows;
    const plan = planReplacement(invoiceLines, standing, wanted);
    expect(plan.insert.map((row) => row.no)).toEqual([4]);
    expect([...plan.update]).toEqual([['I | 3', { amount: 31 }]]);
    expect([...plan.remove]).toEqual(['I | 1']);
  });
});

test('the documentation names every tab and column', () => {
  const page = tablesAsMarkdown(allTables);
  expect(page.match(/^## /gm)).toHaveLength(allTables.length);
  expect(page).toContain('| SOW line | name from the tab SOW lines | both |');
});
