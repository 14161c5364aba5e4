import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Host } from '../../../local/host/host.ts';
import { hostOf } from './world.ts';

const code = `
  const error = (act) => { try { act(); return 'no error'; } catch (caught) { return caught.message; } };
  const cell = (a1) => SpreadsheetApp.getActive().getSheets()[0].getRange(a1);
  function endless() { cell('A1').setValue('started'); for (;;) Utilities.sleep(60000); }
  function stubborn() { for (;;) { try { Utilities.sleep(60000); } catch (caught) { /* goes on */ } } }
  function onOpen(e) { Utilities.sleep(e.authMode === ScriptApp.AuthMode.LIMITED ? 29000 : 0); return [String(e.authMode), e.user.getEmail(), e.source.getName()]; }
  function onEdit() { return [() => ScriptApp.getProjectTriggers(), () => MailApp.sendEmail('a@firm.example', 's', 'b'), () => SpreadsheetApp.getUi().showSidebar(HtmlService.createHtmlOutput('x')), () => Session.getActiveUser().getEmail(), () => PropertiesService.getDocumentProperties().getKeys(), () => cell('A1').getValue()].map((act) => error(act).slice(0, 33)); }
  function writeThenSleep() { cell('A1').setValue('unflushed'); Utilities.sleep(5000); cell('A2').setValue('more'); }
  function flushThenSleep() { cell('A1').setValue('flushed'); SpreadsheetApp.flush(); Utilities.sleep(5000); }
  function look() { Utilities.sleep(2000); return cell('A1').getValue(); }
  function steps() { for (let i = 1; i <= 6; i += 1) { PropertiesService.getScriptProperties().setProperty('step', i); cell('A' + i).setValue(i); if (i % 2 === 0) SpreadsheetApp.flush(); } return 'done'; }
  function cleansUp() { try { Utilities.sleep(1000); Utilities.sleep(1000); } finally { PropertiesService.getScriptProperties().setProperty('finally', 'ran'); } }
  function hold(lockMs, holdMs) {
    const lock = LockService.getDocumentLock(); const from = Date.now();
    const got = lock.tryLock(lockMs); const waited = Date.now() - from;
    if (got) Utilities.sleep(holdMs);
    return [got, waited, lock.hasLock()];
  }
  function wait(ms) { return error(() => LockService.getScriptLock().waitLock(ms)); }
  function twice() { const lock = LockService.getScriptLock(); return [lock.tryLock(10), LockService.getScriptLock().tryLock(10), lock.hasLock(), LockService.getUserLock().hasLock()]; }
  function holdAndDie() { LockService.getScriptLock().waitLock(10); Utilities.sleep(100); }
  function append(name) { const lock = LockService.getScriptLock(); lock.waitLock(30000); const sheet = SpreadsheetApp.getActive().getSheets()[0]; const next = sheet.getLastRow() + 1; Utilities.sleep(1000); sheet.getRange(next, 1).setValue(name); SpreadsheetApp.flush(); lock.releaseLock(); return next; }
  function violates() { const rule = SpreadsheetApp.newDataValidation().requireNumberBetween(1, 5).setAllowInvalid(false).build(); cell('A1').setDataValidation(rule).setValue(9); return 'returned'; }
  function throwsAfterWriting() { cell('A1').setValue('kept'); throw new Error('later'); }
  function readTwice() { cell('A1').getValue(); cell('B1').setValue(1); return cell('A1').getValue(); }
  function echo(...args) { return args; }
  function giveDate() { return { when: [new Date(0)] }; }
  function giveOdd() { return { a: undefined, b: [undefined, () => 1], c: null }; }
  function hidden_() { return 'secret'; }
  function spin() { for (;;) {} }
  function slowEcho(value) { Utilities.sleep(1000); return value; }
`;

describe('executions', () => {
  let host: Host;
  beforeEach(() => {
    host = hostOf(code);
  });
  afterEach(() => host.close());
  const firstColumn = () => host.workbook.view('Sheet1').cells.map((row) => row[0]?.value);

  test('end at six minutes of simulated time', async () => {
    const from = host.clock.now();
    const done = await host.invoke('endless');
    expect(done).toMatchObject({ ok: false, error: { message: 'Exceeded maximum execution time' }, seconds: 360 });
    expect(host.clock.now() - from).toBe(360_000);
    expect((await host.invoke('stubborn')).error?.message).toBe('Exceeded maximum execution time');
    expect((await host.invoke('echo', [1])).value).toEqual([1]);
  });
  test('that compute without end and without any service call are ended by the real clock', async () => {
    const fresh = hostOf(code, { computingGuardMs: 300 });
    expect(await fresh.invoke('spin')).toMatchObject({
      ok: false,
      error: { message: 'Exceeded maximum execution time' },
      seconds: 360,
    });
    expect((await fresh.invoke('echo', [1])).value).toEqual([1]);
    fresh.close();
  });
  test('that still run when the host is closed are told to their callers', async () => {
    const fresh = hostOf(code);
    const running = fresh.invoke('spin');
    fresh.close();
    expect((await running).error?.message).toBe('The host was closed.');
  });
  test('of simple triggers are limited in time and authority', async () => {
    const done = await host.invoke('onOpen', [], { as: 'open' });
    expect(done.value).toEqual(['LIMITED', 'ops@firm.example', 'Untitled spreadsheet']);
    expect(done.seconds).toBe(29.5);
    expect((await host.invoke('endless', [], { as: 'edit' })).seconds).toBe(30);
    const refused = 'Specified permissions are not suf';
    expect((await host.invoke('onEdit', [], { as: 'edit' })).value).toEqual([
      refused,
      refused,
      refused,
      'no error',
      'no error',
      'no error',
    ]);
  });
  test('see the writes of others only when those have flushed', async () => {
    const [, early] = await Promise.all([host.invoke('writeThenSleep'), host.invoke('look')]);
    expect(early?.value).toBe('');
    expect((await host.invoke('look')).value).toBe('unflushed');
    const [, late] = await Promise.all([host.invoke('flushThenSleep'), host.invoke('look')]);
    expect(late?.value).toBe('flushed');
  });
  test('see their own writes when they read', async () => {
    host.workbook.setRows('Sheet1', []);
    expect((await host.invoke('readTwice')).ok).toBe(true);
    expect(host.workbook.view('Sheet1').cells[0]?.[1]?.value).toBe(1);
  });
  test('keep what they wrote before an error, and fail when a write is refused at the end', async () => {
    expect((await host.invoke('throwsAfterWriting')).error?.message).toBe('later');
    expect(firstColumn()).toEqual(['kept']);
    expect((await host.invoke('violates')).error?.message).toBe(
      'The data you entered in cell A1 violates the data validation rules set on this cell.',
    );
  });
  test('are killed right after any service call, and the unflushed writes are half lost, lost or kept', async () => {
    const total = (await host.invoke('steps')).serviceCalls;
    expect(total).toBe(6 * 3 + 3);
    for (let call = 1; call <= total; call += 1) {
      const fresh = hostOf(code);
      fresh.killAfter(1, call);
      const done = await fresh.invoke('steps');
      expect(done).toMatchObject({ ok: false, killed: true, serviceCalls: call });
      fresh.close();
    }
    const outcomes = [];
    for (const unflushed of ['half', 'lost', 'applied'] as const) {
      const fresh = hostOf(code);
      // Call 6 is the second write, before the flush.
      fresh.killAfter(1, 6, unflushed);
      await fresh.invoke('steps');
      outcomes.push(fresh.workbook.view('Sheet1').cells.map((row) => row[0]?.value));
      expect(fresh.properties('script')).toEqual({ step: '2' });
      fresh.close();
    }
    expect(outcomes).toEqual([[1], [''], [1, 2]]);
  });
  test('do nothing more once killed, not even in finally', async () => {
    host.killAfter(1, 1);
    expect((await host.invoke('cleansUp')).killed).toBe(true);
    expect(host.properties('script')).toEqual({});
    host.resetCounters();
    host.killAfter(1, 2);
    expect((await host.invoke('cleansUp')).killed).toBe(true);
    expect((await host.invoke('cleansUp')).ok).toBe(true);
    expect(host.properties('script')).toEqual({ finally: 'ran' });
  });
  test('wait for a lock that another holds, on the simulated clock', async () => {
    const [first, second, third] = await Promise.all([
      host.invoke('hold', [1000, 5000]),
      host.invoke('hold', [10_000, 0]),
      host.invoke('hold', [2000, 0]),
    ]);
    expect(first?.value).toEqual([true, 50, true]);
    expect(second?.value).toEqual([true, 5100, true]);
    expect(third?.value).toEqual([false, 2050, false]);
  });
  test('hold a lock once, by whatever handle, and each kind of lock for itself', async () => {
    expect((await host.invoke('twice')).value).toEqual([true, true, true, false]);
  });
  test('lose their locks when they end or die', async () => {
    host.killAfter(1, 2);
    expect((await host.invoke('holdAndDie')).killed).toBe(true);
    expect((await host.invoke('wait', [10])).value).toBe('no error');
  });
  test('are told when waitLock runs out', async () => {
    const [, second] = await Promise.all([host.invoke('append', ['a']), host.invoke('wait', [500])]);
    expect(second?.value).toBe('Lock timeout: another process was holding the lock for too long.');
    host.failNext({ call: 'lock' });
    expect((await host.invoke('wait', [500])).value).toBe(
      'Lock timeout: another process was holding the lock for too long.',
    );
  });
  test('that run at once under a lock do not overwrite each other', async () => {
    const all = await Promise.all(['a', 'b', 'c', 'd', 'e'].map((name) => host.invoke('append', [name])));
    expect(all.map((each) => each.value)).toEqual([1, 2, 3, 4, 5]);
    expect(firstColumn()).toEqual(['a', 'b', 'c', 'd', 'e']);
  });
  test('can be told that the spreadsheet timed out, before or after the write took effect', async () => {
    host.failNext({ call: 'range.setValue', when: 'after' });
    const done = await host.invoke('throwsAfterWriting');
    expect(done.error?.message).toMatch(/^Service Spreadsheets timed out while accessing document with id /);
    expect(firstColumn()).toEqual(['kept']);
    const fresh = hostOf(code);
    fresh.failNext({ call: 'spreadsheet', nth: 2 });
    expect((await fresh.invoke('throwsAfterWriting')).error?.message).toMatch(/^Service Spreadsheets timed out/);
    expect(fresh.workbook.rows('Sheet1')).toEqual([]);
    fresh.close();
  });
  test('of more than thirty at once for one user are refused', async () => {
    const all = await Promise.all(Array.from({ length: 31 }, () => host.invoke('echo', [])));
    expect(all.filter((each) => each.ok).length).toBe(30);
    expect(all[30]?.error?.message).toBe(
      'There are too many scripts running simultaneously for this Google user account.',
    );
  });
});

describe('calls from the sidebar', () => {
  let host: Host;
  beforeEach(() => {
    host = hostOf(code);
  });
  afterEach(() => host.close());
  const page = (name: string, ...args: readonly unknown[]) => host.invoke(name, args, { as: 'sidebar' });

  test('pass plain values, and undefined in arrays as null', async () => {
    expect((await page('echo', 1, 'x', true, null, [1, undefined], { a: { b: [undefined] } })).value).toEqual([
      1,
      'x',
      true,
      null,
      [1, null],
      { a: { b: [null] } },
    ]);
  });
  test('fail with dates, functions and other objects, wherever they stand', async () => {
    for (const bad of [new Date(0), () => 1, { a: [new Date(0)] }, new Map()]) {
      await expect(page('echo', bad)).rejects.toThrow('Failed due to illegal value');
    }
  });
  test('reach no function whose name ends with an underscore, nor one that is not there', async () => {
    await expect(page('hidden_')).rejects.toThrow('google.script.run.hidden_ is not a function');
    expect((await page('absent')).error?.message).toBe('Script function not found: absent');
    expect((await page('SpreadsheetApp')).error?.message).toBe('Script function not found: SpreadsheetApp');
    expect((await page('Date')).error?.message).toBe('Script function not found: Date');
  });
  test('get null for a value that holds a date, and null for what is no plain value', async () => {
    expect((await page('giveDate')).value).toBe(null);
    expect((await page('giveOdd')).value).toEqual({ b: [null, null], c: null });
  });
  test('run ten at once; the eleventh waits', async () => {
    const from = host.clock.now();
    const all = await Promise.all(Array.from({ length: 11 }, (_, index) => page('slowEcho', index)));
    expect(all.map((each) => each.value)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(host.clock.now() - from).toBe(3000);
  });
});
