import { describe, expect, test } from 'vitest';
import type { Cell } from '../../../src/lib/workbook/cell.ts';
import { problemSentence } from '../../../src/lib/workbook/problem.ts';
import { initialSettings, readSettings } from '../../../src/lib/workbook/settings.ts';

describe('settings', () => {
  test('those of set-up read as the documented defaults', () => {
    expect(readSettings(initialSettings('2026-11', 'ada@firm.example'))).toEqual({
      problems: [],
      settings: {
        firstPeriod: '2026-11',
        timeSource: 'Harvest',
        roundHours: 'as tracked',
        invoiceDate: 'last day of period',
        pushAs: 'unsent invoice',
        classificationModel: 'claude-haiku-5-5',
        secondOpinionModel: 'claude-sonnet-5-5',
        secondOpinionOn: 'every row',
        targetErrorRate: 0.01,
        confidenceThreshold: 'automatic',
        auditSample: 30,
        longEntryHours: 12,
        notify: ['ada@firm.example'],
        whoMayPush: ['ada@firm.example'],
      },
    });
  });

  test('a setting without a row has its default, and nobody may push', () => {
    const { settings, problems } = readSettings([row('First period', '2026-10')]);
    expect(problems).toEqual([]);
    expect(settings).toMatchObject({ auditSample: 30, secondOpinionOn: 'every row', whoMayPush: [], notify: [] });
  });

  test.each<[string, Cell, string, unknown]>([
    ['First period', { day: '2026-10-01', ms: 0 }, 'firstPeriod', '2026-10'],
    ['First period', { day: '2026-10-31', ms: 0 }, 'firstPeriod', '2026-10'],
    ['first period ', ' 2026-10 ', 'firstPeriod', '2026-10'],
    ['Time source', 'import TAB', 'timeSource', 'Import tab'],
    ['Target error rate', 0.001, 'targetErrorRate', 0.001],
    ['Target error rate', 0.1, 'targetErrorRate', 0.1],
    ['Target error rate', '2.5 %', 'targetErrorRate', 0.025],
    ['Confidence threshold', 'Automatic', 'confidenceThreshold', 'automatic'],
    ['Confidence threshold', 0, 'confidenceThreshold', 0],
    ['Confidence threshold', 1, 'confidenceThreshold', 1],
    ['Audit sample', 0, 'auditSample', 0],
    ['Long entry hours', 8.5, 'longEntryHours', 8.5],
    ['Notify', 'a@x.example; b@x.example,c@x.example', 'notify', ['a@x.example', 'b@x.example', 'c@x.example']],
    ['Classification model', ' some-model-1 ', 'classificationModel', 'some-model-1'],
  ])('%s %s is taken', (name, cell, property, value) => {
    const { settings, problems } = readSettings([row('First period', '2026-09'), row(name, cell)].reverse());
    expect(problems).toEqual([]);
    expect(settings).toHaveProperty(property, value);
  });

  test.each<[string, Cell, string]>([
    ['First period', 'October', '"October" for First period; allowed is a month such as 2026-10'],
    ['First period', '2026-13', '"2026-13" for First period; allowed is a month such as 2026-10'],
    ['First period', '', 'nothing for First period; allowed is a month such as 2026-10'],
    ['Time source', 'Toggl', '"Toggl" for Time source; allowed is one of Harvest, QuickBooks Time, Import tab'],
    ['Target error rate', 1, '1 for Target error rate; allowed is 0.1% to 10% (one per cent is typed 1%)'],
    ['Target error rate', 0.0009, '0.0009 for Target error rate; allowed is 0.1% to 10% (one per cent is typed 1%)'],
    ['Confidence threshold', 80, '80 for Confidence threshold; allowed is automatic, or a number from 0 to 1'],
    ['Audit sample', 2.5, '2.5 for Audit sample; allowed is a whole number from 0 up'],
    [
      'Audit sample',
      '30',
      '"30" for Audit sample; allowed is a whole number from 0 up (this number is text; type it again without an apostrophe)',
    ],
    ['Who may push', 'Ada', '"Ada" for Who may push; allowed is emails, comma separated, or empty'],
  ])('%s %s is told with its row', (name, cell, said) => {
    const { problems } = readSettings([row(name, cell), row('First period', '2026-10')], [7, 8]);
    expect(problems.map(problemSentence)).toEqual([`Tab Settings, row 7, column Value: found ${said}.`]);
  });

  test('a setting that does not exist is told', () => {
    const { problems } = readSettings([row('First period', '2026-10'), row('Frist period', '2026-10')], [2, 3]);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ row: 3, column: 'Setting', found: '"Frist period"' });
  });
});

function row(setting: string, value: Cell) {
  return { setting, value, whatItDoes: '' };
}
