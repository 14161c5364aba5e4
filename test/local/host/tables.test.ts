import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { costOf } from '../../../local/host/costs.ts';
import type { Host } from '../../../local/host/host.ts';
import { services } from '../../../local/host/services/all.ts';
import { hostOf } from './world.ts';

const google = fileURLToPath(new URL('../../../local/google', import.meta.url));

describe('the tables of the local host', () => {
  test('know every call that the stand-ins make, and its cost', () => {
    const files = readdirSync(google, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
    const text = files.map((name) => readFileSync(join(google, name), 'utf8')).join('\n');
    const direct = [...text.matchAll(/\bcall(?:Text|Number|Grid)?\(\s*'([a-z]+\.[A-Za-z0-9]+)'/g)].map(
      (found) => found[1] ?? '',
    );
    const changes = [...text.matchAll(/this\.change\(\s*'([A-Za-z]+)'/g)].map((found) => `sheet.${found[1]}`);
    const names = [...new Set([...direct, ...changes])].filter((name) => !name.startsWith('lock.'));
    expect(names.length).toBeGreaterThan(80);
    expect(names.filter((name) => !(name in services))).toEqual([]);
    for (const name of Object.keys(services)) expect(costOf(name).seconds).toBeGreaterThanOrEqual(0);
    expect(Object.keys(services).filter((name) => !names.includes(name))).toEqual([]);
  });
});

describe('the workbook as a person, a world or the page uses it', () => {
  let host: Host;
  beforeEach(() => {
    host = hostOf('function nothing() {}');
    host.workbook.setRows('Data', [
      { Key: 'b', Day: '2026-10-05', Month: '2026-10', Hours: 2.5, Note: '=1+1', Done: true },
      { Key: 'a', Day: '2026-10-04', Month: '2026-10', Hours: 1, Note: '+x', Done: false },
    ]);
  });
  afterEach(() => host.close());

  test('is loaded with rows and gives them back as they were', () => {
    expect(host.workbook.rows('Data')).toEqual([
      { Key: 'b', Day: '2026-10-05', Month: '2026-10', Hours: 2.5, Note: '=1+1', Done: true },
      { Key: 'a', Day: '2026-10-04', Month: '2026-10', Hours: 1, Note: '+x', Done: false },
    ]);
    host.workbook.setRows('Data', [{ Key: 'c' }]);
    expect(host.workbook.rows('Data')).toEqual([{ Key: 'c', Day: '', Month: '', Hours: '', Note: '', Done: '' }]);
  });
  test('is sorted, and its columns and rows are moved, with their contents', () => {
    host.workbook.sort('Data', 'Key');
    host.workbook.moveColumn('Data', 4, 1);
    host.workbook.insertColumn('Data', 2, 'Mine');
    host.workbook.insertRow('Data', 2);
    expect(host.workbook.rows('Data').map((row) => Object.entries(row).slice(0, 3))).toEqual([
      [
        ['Hours', 1],
        ['Mine', ''],
        ['Key', 'a'],
      ],
      [
        ['Hours', 2.5],
        ['Mine', ''],
        ['Key', 'b'],
      ],
    ]);
    host.workbook.deleteRow('Data', 3);
    expect(host.workbook.rows('Data').map((row) => row['Key'])).toEqual(['b']);
  });
  test('takes what a person types, found by headers', async () => {
    await host.workbook.edit('Data', { Key: 'a' }, { Hours: 7.25, Day: '2026-11-02', Note: "'=kept", Done: true });
    expect(host.workbook.rows('Data')[1]).toMatchObject({ Hours: 7.25, Day: '2026-11-02', Note: '=kept', Done: true });
    await expect(host.workbook.edit('Data', { Key: 'zz' }, { Hours: 1 })).rejects.toThrow(
      'No row of the tab "Data" matches',
    );
    await expect(host.workbook.edit('Data', { Key: 'a' }, { Nonsense: 1 })).rejects.toThrow('has no column "Nonsense"');
    await expect(host.workbook.edit('None', {}, {})).rejects.toThrow('There is no tab "None"');
  });
  test('shows a part of a tab, and says when something changed', async () => {
    const before = host.workbook.version();
    const view = host.workbook.view('Data', 2, 2);
    expect(view).toMatchObject({ name: 'Data', rows: 3, columns: 6, fromRow: 2 });
    expect(view.cells.map((row) => row.map((cell) => cell.text))).toEqual([
      ['b', '2026-10-05', '2026-10', '2.5', '=1+1', 'TRUE'],
    ]);
    expect(host.workbook.version()).toBe(before);
    await host.workbook.typeInCell('Data', 2, 1, 'bb');
    expect(host.workbook.version()).toBeGreaterThan(before);
  });
});

describe('on the real clock', () => {
  test('an execution takes the time that it takes', async () => {
    const host = hostOf(
      'function go() { const from = Date.now(); Utilities.sleep(50); return [Date.now() - from, from]; } function lock(ms) { const lock = LockService.getScriptLock(); const got = lock.tryLock(ms); Utilities.sleep(100); return got; }',
      { time: 'real' },
    );
    const before = Date.now();
    const [slept, from] = (await host.invoke('go')).value as [number, number];
    expect(slept).toBeGreaterThanOrEqual(49);
    expect(Math.abs(from - before)).toBeLessThan(20_000);
    const started = Date.now();
    const all = await Promise.all([1, 2, 3].map(() => host.invoke('lock', [20_000])));
    expect(all.map((each) => each.value)).toEqual([true, true, true]);
    expect(Date.now() - started).toBeGreaterThanOrEqual(295);
    host.close();
  });
});
