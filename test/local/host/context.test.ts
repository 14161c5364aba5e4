import { afterAll, describe, expect, test } from 'vitest';
import { hostOf } from './world.ts';

describe('the context in which a script runs', () => {
  const host = hostOf(`
    function names() {
      return ['setTimeout','setInterval','URL','URLSearchParams','TextEncoder','TextDecoder','fetch','process','require','Buffer','global','structuredClone','atob','performance','queueMicrotask','crypto','AbortController','window','navigator']
        .filter((name) => typeof globalThis[name] !== 'undefined');
    }
    function realms() {
      const sheet = SpreadsheetApp.getActive().getSheets()[0];
      sheet.getRange(1, 1).setValue(new Date(0));
      const values = sheet.getRange(1, 1).getValues();
      let error;
      try { sheet.getRange(0, 1); } catch (caught) { error = caught; }
      return [values instanceof Array, values[0][0] instanceof Date, error instanceof Error, error.name, typeof values.constructor.constructor('return typeof process')(), values.constructor.constructor('return typeof process')()];
    }
    var counter = 0;
    function count() { counter += 1; return counter; }
    async function later() { await Promise.resolve(); return await new Promise((resolve) => resolve('settled')); }
    async function fails() { await null; throw new Error('rejected'); }
    function zone() {
      const day = new Date(2026, 6, 4, 9, 30);
      return [day.toISOString(), day.getHours(), day.getTimezoneOffset(), String(day), new Date('2026-11-01T05:30:00Z').getHours(), new Date('2026-11-01T06:30:00Z').getHours(), new Date('2026-01-05').toISOString(), new Date('2026-01-05T00:00').toISOString(), new Date(2026, 0, 31).getDate()];
    }
    function setters() { const d = new Date(2026, 0, 31); d.setMonth(1); const e = new Date(2026, 2, 8, 1, 59); e.setHours(e.getHours() + 1); return [d.getMonth(), d.getDate(), e.toISOString()]; }
    function clock() { const a = Date.now(); Utilities.sleep(2500); return [Date.now() - a, new Date().getTime() - a, typeof Date()]; }
    function missing() { return [() => SpreadsheetApp.openById('x'), () => SpreadsheetApp.getActive().getEditors(), () => Utilities.zip([]), () => UrlFetchApp.getRequest('x'), () => ScriptApp.newTrigger('a').forForm('b')].map((act) => { try { act(); return 'no error'; } catch (error) { return error.message; } }); }
    function deep() { function deeper() { throw new TypeError('inner'); } deeper(); }
  `);
  afterAll(() => host.close());
  const value = async (name: string) => {
    const done = await host.invoke(name);
    expect(done.error).toBeUndefined();
    return done.value;
  };

  test('has none of the names that browsers and Node have', async () => {
    expect(await value('names')).toEqual([]);
  });
  test('gives arrays, dates and errors of its own realm, and no way to Node', async () => {
    expect(await value('realms')).toEqual([true, true, true, 'Exception', 'string', 'undefined']);
  });
  test('is fresh for each invocation', async () => {
    expect(await value('count')).toBe(1);
    expect(await value('count')).toBe(1);
  });
  test('settles promises of an entry function, and reports their rejection', async () => {
    expect(await value('later')).toBe('settled');
    expect((await host.invoke('fails')).error?.message).toBe('rejected');
  });
  test('shows local time of the manifest zone, whatever the zone of the machine', async () => {
    expect(await value('zone')).toEqual([
      '2026-07-04T13:30:00.000Z',
      9,
      240,
      'Sat Jul 04 2026 09:30:00 GMT-0400 (Eastern Daylight Time)',
      1,
      1,
      '2026-01-05T00:00:00.000Z',
      '2026-01-05T05:00:00.000Z',
      31,
    ]);
    expect(await value('setters')).toEqual([2, 3, '2026-03-08T07:59:00.000Z']);
  });
  test('reads the simulated clock, and sleeping moves it without waiting', async () => {
    const before = performance.now();
    expect(await value('clock')).toEqual([2500, 2500, 'string']);
    expect(performance.now() - before).toBeLessThan(2000);
  });
  test('refuses by name what the stand-ins do not provide', async () => {
    expect(await value('missing')).toEqual([
      'not provided: SpreadsheetApp.openById',
      'not provided: Spreadsheet.getEditors',
      'not provided: Utilities.zip',
      'not provided: UrlFetchApp.getRequest',
      'not provided: TriggerBuilder.forForm',
    ]);
  });
  test('reports an error with its message and the lines of the script alone', async () => {
    const done = await host.invoke('deep');
    expect(done.ok).toBe(false);
    expect(done.error?.message).toBe('inner');
    expect(done.error?.stack).toMatch(
      /^TypeError: inner\n {4}at deeper \(main\.js:\d+:\d+\)\n {4}at deep \(main\.js:\d+:\d+\)$/,
    );
    expect((await host.invoke('nothingSuch')).error?.message).toBe('Script function not found: nothingSuch');
  });
});
