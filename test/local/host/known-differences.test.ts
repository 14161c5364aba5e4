import { afterAll, describe, expect, test } from 'vitest';
import { knownDifferences } from '../../../local/google/known-differences.ts';
import { hostOf } from './world.ts';

/** What Google gives, for each difference that a script can see. Here something else must come out, or the difference is gone. */
const atGoogle: Readonly<Record<string, { readonly script: string; readonly value: unknown }>> = {
  'formulas-shared-only': { script: `return cell('A1').setFormula('=JOIN("-",{1,2})').getValue();`, value: '1-2' },
  'formula-dates': {
    script: `cell('A1').setValue('2026-10-05'); return cell('A2').setFormula('=A1').getDisplayValue();`,
    value: '2026-10-05',
  },
  'formula-digits': { script: `return cell('A1').setFormula('=1/3').getValue();`, value: 1 / 3 },
  'references-do-not-move': {
    script: `cell('B5').setFormula('=A5'); sheet.insertRowsAfter(1, 1); return cell('B6').getFormula();`,
    value: '=A6',
  },
  'merge-ignored': {
    script: `cell('A1').setValue('x'); cell('B1').setValue('y'); SpreadsheetApp.flush(); sheet.getRange('A1:B1').merge(); return cell('B1').getValue();`,
    value: '',
  },
  'cpu-is-free': {
    script: `const from = Date.now(); let sum = 0; for (let i = 0; i < 3e7; i += 1) sum += i; return Date.now() - from > 0;`,
    value: true,
  },
};

/** Differences that no script can see. */
const unseen = new Set(['filter-none', 'english-messages', 'trigger-minute', 'mail-not-sent']);

describe('the list of known differences from Google', () => {
  const host = hostOf(
    Object.entries(atGoogle)
      .map(
        ([id, { script }]) =>
          `function ${id.replace(/-/g, '_')}() { const sheet = SpreadsheetApp.getActive().insertSheet(); const cell = (a1) => sheet.getRange(a1); ${script} }`,
      )
      .join('\n'),
  );
  afterAll(() => host.close());

  test('names each difference once, and says of each that a script can see what Google does', () => {
    const ids = knownDifferences.map((each) => each.id);
    expect(new Set(ids).size).toBe(ids.length);
    const visible = knownDifferences.filter((each) => each.kind === 'differs' && !unseen.has(each.id));
    expect(visible.map((each) => each.id).sort()).toEqual(Object.keys(atGoogle).sort());
  });
  test.each(Object.entries(atGoogle))(
    '%s still differs; when it does not, it must leave the list',
    async (id, { value }) => {
      const done = await host.invoke(id.replace(/-/g, '_'));
      expect(done.error).toBeUndefined();
      expect(done.value).not.toEqual(value);
    },
  );
});
