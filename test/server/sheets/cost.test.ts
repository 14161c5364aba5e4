import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type SheetsHost, startSheetsHost } from './sheets-host.ts';

let sheets: SheetsHost;

beforeEach(async () => {
  sheets = startSheetsHost();
  await sheets.run('setUp');
});

afterEach(() => sheets.host.close());

describe.each([1600, 10_000])('a month of %i entries', (count) => {
  test('is written, changed and read in a few calls', async () => {
    const insert = await sheets.execute('insertMany', count);
    const everyOne = await sheets.execute('decideMany', { count, step: 1 });
    const everyThird = await sheets.execute('decideMany', { count, step: 3 });
    const read = await sheets.execute('readMany');
    expect([insert, everyOne, everyThird, read].map((run) => run.error?.message)).toEqual(Array(4).fill(undefined));
    expect(read.value).toBe(String(count));
    const calls = [insert, everyOne, everyThird, read].map((run) => run.spreadsheetCalls);
    console.log(`${count} entries: insert, change all, change none of a third, read: ${calls.join(', ')} calls`);
    expect(Math.max(...calls)).toBeLessThanOrEqual(20);
    expect(Math.max(insert.seconds, everyOne.seconds, read.seconds)).toBeLessThan(60);
  });
});

test('every third of 1,600 rows is changed in as few calls as all of them', async () => {
  await sheets.run('insertMany', 1600);
  const { spreadsheetCalls, error } = await sheets.execute('decideMany', { count: 1600, step: 3 });
  expect(error).toBeUndefined();
  expect(spreadsheetCalls).toBeLessThanOrEqual(12);
});

test('a full tab grows', async () => {
  await sheets.run('insertMany', 1600);
  expect(await sheets.run<number>('maxRows', 'Time entries')).toBeGreaterThanOrEqual(1601);
});
