import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Host } from '../../../local/host/host.ts';
import { hostOf } from './world.ts';

const code = `
  const error = (act) => { try { act(); return 'no error'; } catch (caught) { return caught.message; } };
  const note = (text) => { const store = PropertiesService.getScriptProperties(); store.setProperty('log', (store.getProperty('log') || '') + text + ';'); };
  function monthly() { ScriptApp.newTrigger('fired').timeBased().onMonthDay(1).atHour(2).nearMinute(15).inTimezone('America/New_York').create(); }
  function on31() { ScriptApp.newTrigger('fired').timeBased().onMonthDay(31).atHour(2).nearMinute(0).create(); }
  function daily() { ScriptApp.newTrigger('fired').timeBased().everyDays(1).atHour(2).nearMinute(30).create(); }
  function hourly() { ScriptApp.newTrigger('fired').timeBased().everyHours(6).create(); }
  function after() { const trigger = ScriptApp.newTrigger('fired').timeBased().after(60000).create(); return [trigger.getHandlerFunction(), String(trigger.getEventType()), String(trigger.getTriggerSource()), trigger.getUniqueId() === ScriptApp.getProjectTriggers()[0].getUniqueId()]; }
  function at() { ScriptApp.newTrigger('fired').timeBased().at(new Date(Date.now() + 3600000)).create(); }
  function fired(e) { note(Utilities.formatDate(new Date(), 'America/New_York', 'yyyy-MM-dd HH:mm z') + ' ' + e.authMode + ' ' + e.hour + ' ' + e.timezone); }
  function again(e) { note('again'); ScriptApp.getProjectTriggers().filter((each) => each.getUniqueId() === e.triggerUid).forEach((each) => ScriptApp.deleteTrigger(each)); if (PropertiesService.getScriptProperties().getProperty('log').length < 15) ScriptApp.newTrigger('again').timeBased().after(60000).create(); }
  function startAgain() { ScriptApp.newTrigger('again').timeBased().after(1000).create(); }
  function many() { const messages = []; for (let i = 0; i < 21; i += 1) messages.push(error(() => ScriptApp.newTrigger('fired').timeBased().after(1000).create())); return messages.slice(19); }
  function count() { return ScriptApp.getProjectTriggers().length; }
  function wrong() { const make = () => ScriptApp.newTrigger('fired').timeBased(); return [() => make().create(), () => make().everyMinutes(7).create(), () => make().everyHours(5).create(), () => make().atHour(24).everyDays(1).create(), () => make().after(1).everyDays(1).create()].map(error); }
  function installed() { const book = SpreadsheetApp.getActive(); ScriptApp.newTrigger('edited').forSpreadsheet(book).onEdit().create(); ScriptApp.newTrigger('opened').forSpreadsheet(book).onOpen().create(); }
  function opened(e) { note('opened ' + e.authMode); }
  function edited(e) { note('installed ' + e.range.getA1Notation() + ' ' + e.authMode); }
  function onEdit(e) { note('simple ' + [e.range.getSheet().getName(), e.range.getA1Notation(), e.range.getValue(), e.value, e.oldValue, e.user.getEmail(), e.authMode].join(' ')); }
  function onOpen() { note('open'); }
  function token(minutes) { return ScriptApp.newStateToken().withMethod('connected').withArgument('service', 'qbo').withTimeout(minutes * 60).createToken(); }
  function connected(request) { return HtmlService.createHtmlOutput('Hello ' + [request.parameter.code, request.parameter.realmId, request.parameter.service, request.parameter.state].join(' ')); }
`;

describe('triggers', () => {
  let host: Host;
  beforeEach(() => {
    host = hostOf(code, { scriptId: 'SCRIPT' });
  });
  afterEach(() => host.close());
  const log = () => (host.properties('script')['log'] ?? '').split(';').filter((line) => line !== '');
  const until = (text: string) => host.runDueTriggers({ until: Date.parse(text) });

  test('fire on a day of each month, on the wall clock of their zone', async () => {
    await host.invoke('monthly');
    await until('2027-04-02T00:00:00Z');
    expect(log()).toEqual([
      // At the start, on 1 November, it is 1:00; the clocks go back at 2:00 that night.
      '2026-11-01 02:15 EST FULL 7 UTC',
      '2026-12-01 02:15 EST FULL 7 UTC',
      '2027-01-01 02:15 EST FULL 7 UTC',
      '2027-02-01 02:15 EST FULL 7 UTC',
      '2027-03-01 02:15 EST FULL 7 UTC',
      '2027-04-01 02:15 EDT FULL 6 UTC',
    ]);
    expect(host.clock.now()).toBe(Date.parse('2027-04-02T00:00:00Z'));
  });
  test('on day 31 pass over the shorter months', async () => {
    await host.invoke('on31');
    await until('2027-04-02T00:00:00Z');
    expect(log().map((line) => line.slice(0, 10))).toEqual(['2026-12-31', '2027-01-31', '2027-03-31']);
  });
  test('in the hour that is skipped in spring fire an hour later, once', async () => {
    host.clock.advanceTo(Date.parse('2027-03-13T12:00:00Z'));
    await host.invoke('daily');
    await until('2027-03-15T12:00:00Z');
    expect(log().map((line) => line.slice(0, 20))).toEqual(['2027-03-14 03:30 EDT', '2027-03-15 02:30 EDT']);
  });
  test('fire after a while or at a moment once, then stay in the list, disabled', async () => {
    expect((await host.invoke('after')).value).toEqual(['fired', 'CLOCK', 'CLOCK', true]);
    await host.invoke('at');
    expect((await until('2026-11-01T12:00:00Z')).length).toBe(2);
    expect((await until('2026-11-02T12:00:00Z')).length).toBe(0);
    expect(host.triggers().map((each) => each.kind)).toEqual(['disabled', 'disabled']);
    expect((await host.invoke('count')).value).toBe(2);
  });
  test('repeat by hours', async () => {
    await host.invoke('hourly');
    expect((await until('2026-11-02T06:30:00Z')).length).toBe(4);
  });
  test('can carry on by making the next one', async () => {
    await host.invoke('startAgain');
    await until('2026-11-01T08:00:00Z');
    expect(log()).toEqual(['again', 'again', 'again']);
    expect(host.triggers()).toEqual([]);
  });
  test('number twenty for one user, fired ones included', async () => {
    expect((await host.invoke('many')).value).toEqual([
      'no error',
      'This script has too many triggers. Triggers must be deleted from the script before more can be added.',
    ]);
    await until('2026-11-01T12:00:00Z');
    expect((await host.invoke('many')).value).toEqual([
      'This script has too many triggers. Triggers must be deleted from the script before more can be added.',
      'This script has too many triggers. Triggers must be deleted from the script before more can be added.',
    ]);
    expect((await host.invoke('count', [], { user: 'other@firm.example' })).value).toBe(0);
  });
  test('need a schedule that Google knows', async () => {
    expect((await host.invoke('wrong')).value).toEqual([
      'The clock trigger needs a schedule.',
      'The value you passed to everyMinutes was invalid. It must be one of 1, 5, 10, 15 or 30.',
      'The value you passed to everyHours was invalid. It must be one of 1, 2, 4, 6, 8 or 12.',
      'The value you passed to atHour was invalid. It must be between 0 and 23.',
      'The clock trigger cannot have more than one schedule.',
    ]);
  });
  test('of opening and editing run, the simple ones first', async () => {
    await host.invoke('installed');
    await host.open();
    host.workbook.setRows('Data', [{ Key: 'a', Status: 'new', Hours: 2 }]);
    const ran = await host.workbook.typeInCell('Data', 2, 2, 'approved', 'ann@firm.example');
    expect(ran.map((each) => each.functionName)).toEqual(['onEdit', 'edited']);
    await host.workbook.edit('Data', { Key: 'a' }, { Hours: 3.5 });
    await host.workbook.typeInCell('Data', 2, 2, '');
    expect(log()).toEqual([
      'open',
      'opened FULL',
      'simple Data B2 approved approved new ann@firm.example LIMITED',
      'installed B2 FULL',
      'simple Data C2 3.5 3.5 2 ops@firm.example LIMITED',
      'installed C2 FULL',
      'simple Data B2   approved ops@firm.example LIMITED',
      'installed B2 FULL',
    ]);
  });

  describe('coming back from another site', () => {
    const address = (state: unknown) =>
      `https://script.google.com/macros/d/SCRIPT/usercallback?state=${String(state)}&code=abc&realmId=42`;

    test('calls the function that the state token names, with its arguments', async () => {
      const token = (await host.invoke('token', [10])).value;
      const back = await host.completeOAuth(address(token));
      expect(back.html).toBe('Hello abc 42 qbo ');
      expect(back.execution?.ok).toBe(true);
    });
    test('is refused with a forged or old token, or by someone else', async () => {
      const refused = { html: 'The state token is invalid or has expired. Please try again.' };
      expect(await host.completeOAuth(address('forged'))).toEqual(refused);
      const token = (await host.invoke('token', [10])).value;
      expect(await host.completeOAuth(address(token), 'other@firm.example')).toEqual(refused);
      host.clock.advance(10 * 60_000 + 1);
      expect(await host.completeOAuth(address(token))).toEqual(refused);
      await expect(host.completeOAuth('https://evil.example/usercallback?state=x')).rejects.toThrow(
        'not the callback address',
      );
    });
  });
});
