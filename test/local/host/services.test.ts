import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Host } from '../../../local/host/host.ts';
import { hostOf } from './world.ts';

const code = `
  const error = (act) => { try { act(); return 'no error'; } catch (caught) { return caught.message; } };
  function properties() {
    const store = PropertiesService.getScriptProperties();
    store.setProperties({ a: '1', b: '2' }); store.setProperty('n', 25);
    store.deleteProperty('b');
    return [store.getProperty('a'), store.getProperty('b'), store.getProperties(), store.getKeys(), error(() => store.setProperty('big', 'x'.repeat(9 * 1024))), error(() => store.setProperty('fits', 'x'.repeat(9 * 1024 - 4)))];
  }
  function fill() {
    const store = PropertiesService.getDocumentProperties();
    for (let i = 0; i < 60; i += 1) store.setProperty('k' + String(i).padStart(2, '0'), 'x'.repeat(9000));
  }
  function remember(value) { PropertiesService.getUserProperties().setProperty('secret', value); }
  function recall() { return PropertiesService.getUserProperties().getProperty('secret'); }
  function cache() {
    const store = CacheService.getScriptCache();
    store.put('short', 'v', 10); store.put('long', 'v', 21600);
    const first = store.get('short'); Utilities.sleep(11000);
    return [first, store.get('short'), store.getAll(['long', 'short']), error(() => store.put('big', 'x'.repeat(102401))), error(() => store.put('fits', 'x'.repeat(102400))), error(() => store.put('k'.repeat(251), '1')), error(() => store.put('k', '1', 21601))];
  }
  function evict() {
    const store = CacheService.getScriptCache(); const all = {};
    for (let i = 0; i <= 1000; i += 1) all['k' + i] = 'v';
    store.putAll(all); return [store.get('k0'), store.get('k99'), store.get('k100'), store.get('k1000')];
  }
  function utilities() {
    const bytes = Utilities.base64Decode('/+8=');
    return [
      bytes, Utilities.base64Encode(bytes), Utilities.base64EncodeWebSafe(bytes), Utilities.base64Encode('Zoë'),
      Utilities.computeDigest(Utilities.DigestAlgorithm.MD5, 'abc').map((b) => ((b + 256) % 256).toString(16).padStart(2, '0')).join(''),
      Utilities.base64Encode(Utilities.computeHmacSha256Signature('value', 'key')),
      Utilities.formatDate(new Date(1793510130000), 'America/New_York', "yyyy-MM-dd'T'HH:mm:ssXXX EEE MMM d h:mm a z"),
      Utilities.formatDate(new Date(1793510130000), 'GMT', 'yyyyMMdd HHmmss Z'),
      Utilities.parseDate('2026-11-01 01:30', 'America/New_York', 'yyyy-MM-dd HH:mm').toISOString(),
      Utilities.newBlob('a,b').getDataAsString(), Utilities.parseCsv('a,"b,""c"""\\n1,2'), Utilities.formatString('%s has %05.2f and %d%%', 'x', 3.14159, 7),
      Utilities.getUuid() !== Utilities.getUuid(), /^[0-9a-f-]{36}$/.test(Utilities.getUuid()), error(() => Utilities.base64Decode('?')),
    ];
  }
  function mail() {
    MailApp.sendEmail('a@firm.example', 'Subject', 'Body');
    MailApp.sendEmail({ to: 'b@firm.example,c@firm.example', subject: 'Two', htmlBody: '<b>x</b>', body: 'x' });
    return [MailApp.getRemainingDailyQuota(), error(() => MailApp.sendEmail('nonsense', 's', 'b')), error(() => MailApp.sendEmail({ to: 'a@firm.example', attachments: [] })), error(() => { for (let i = 0; i < 98; i += 1) MailApp.sendEmail('a@firm.example', 's', 'b'); })];
  }
  function who() { return [Session.getActiveUser().getEmail(), Session.getEffectiveUser().getEmail(), Session.getScriptTimeZone(), Session.getActiveUserLocale(), Session.getTemporaryActiveUserKey().length > 10, ScriptApp.getScriptId()]; }
  function authorised() { return [String(ScriptApp.getAuthorizationInfo(ScriptApp.AuthMode.FULL).getAuthorizationStatus()), String(ScriptApp.getAuthorizationInfo(ScriptApp.AuthMode.FULL, ['https://www.googleapis.com/auth/drive']).getAuthorizationStatus()), error(() => ScriptApp.getOAuthToken())]; }
  function everything() { return [() => SpreadsheetApp.getActive(), () => UrlFetchApp.fetch('https://a.example/'), () => ScriptApp.getProjectTriggers(), () => MailApp.sendEmail('a@b.example', 's', 'b'), () => Session.getActiveUser().getEmail(), () => SpreadsheetApp.getUi().alert('x'), () => PropertiesService.getScriptProperties().getKeys()].map(error); }
  function menu() { SpreadsheetApp.getUi().createMenu('Mine').addItem('Do', 'go').addSeparator().addSubMenu(SpreadsheetApp.getUi().createMenu('More').addItem('Else', 'other')).addToUi(); }
  function ask() { const ui = SpreadsheetApp.getUi(); const button = ui.alert('Sure?', 'Really', ui.ButtonSet.YES_NO); return button === ui.Button.YES; }
  function sidebar() { SpreadsheetApp.getUi().showSidebar(HtmlService.createHtmlOutputFromFile('sidebar').setTitle('Mine').setWidth(300)); SpreadsheetApp.getActive().toast('done', 'Mine'); return error(() => HtmlService.createHtmlOutputFromFile('other')); }
  function log() { console.log('a %s', 'b', { c: 1 }); Logger.log('d'); console.error(new Error('e').message); return Logger.getLog(); }
`;

describe('services', () => {
  let host: Host;
  beforeEach(() => {
    host = hostOf(code, { scriptId: 'SCRIPT' });
  });
  afterEach(() => host.close());
  const value = async (name: string, args: readonly unknown[] = [], user?: string) => {
    const done = await host.invoke(name, args, user === undefined ? {} : { user });
    expect(done.error).toBeUndefined();
    return done.value;
  };

  test('properties keep texts, 9 KB each', async () => {
    expect(await value('properties')).toEqual([
      '1',
      null,
      { a: '1', n: '25' },
      ['a', 'n'],
      'Argument too large: value',
      'no error',
    ]);
  });
  test('properties refuse more than 500 KB in all and keep what was there', async () => {
    expect((await host.invoke('fill')).error?.message).toMatch(/^You have exceeded the property storage quota/);
    expect(Object.keys(host.properties('document')).length).toBe(56);
  });
  test('user properties are those of the user', async () => {
    await value('remember', ['mine']);
    expect(await value('recall')).toBe('mine');
    expect(await value('recall', [], 'other@firm.example')).toBe(null);
  });
  test('the cache forgets in time and refuses what is too large', async () => {
    expect(await value('cache')).toEqual([
      'v',
      null,
      { long: 'v' },
      'Argument too large: value',
      'no error',
      'Argument too large: key',
      'Argument too large: expirationInSeconds',
    ]);
  });
  test('the cache evicts its hundred oldest entries when it holds more than a thousand', async () => {
    expect(await value('evict')).toEqual([null, null, 'v', 'v']);
  });
  test('Utilities encode, digest, sign and format', async () => {
    expect(await value('utilities')).toEqual([
      [-1, -17],
      '/+8=',
      '_-8=',
      'Wm/Dqw==',
      '900150983cd24fb0d6963f7d28e17f72',
      'kPv88V50o2uJ29sqch2a7P/f3dxcg+J/dZJZT3GTJIE=',
      '2026-11-01T01:15:30-04:00 Sun Nov 1 1:15 AM EDT',
      '20261101 051530 +0000',
      '2026-11-01T05:30:00.000Z',
      'a,b',
      [
        ['a', 'b,"c"'],
        ['1', '2'],
      ],
      'x has 03.14 and 7%',
      true,
      true,
      'Could not decode string.',
    ]);
  });
  test('mails are kept, counted and refused over the daily number', async () => {
    expect(await value('mail')).toEqual([
      97,
      'Invalid email: nonsense',
      'not provided: MailApp.sendEmail with attachments',
      'Service invoked too many times for one day: email.',
    ]);
    expect(host.mails[1]).toMatchObject({
      to: 'b@firm.example,c@firm.example',
      subject: 'Two',
      htmlBody: '<b>x</b>',
      from: 'ops@firm.example',
    });
  });
  test('the session is that of the person at the keyboard', async () => {
    expect(await value('who')).toEqual([
      'ops@firm.example',
      'ops@firm.example',
      'America/New_York',
      'en',
      true,
      'SCRIPT',
    ]);
    expect(await value('authorised')).toEqual([
      'NOT_REQUIRED',
      'REQUIRED',
      'not provided: ScriptApp.getOAuthToken (there is no Google account behind the local host)',
    ]);
  });
  test('what the manifest has no scope for is refused', async () => {
    const bare = hostOf(code, { manifest: { timeZone: 'UTC', oauthScopes: [] } });
    const needs = (member: string, ...scopes: string[]) =>
      `Specified permissions are not sufficient to call ${member}. Required permissions: ${scopes.map((scope) => `https://www.googleapis.com/auth/${scope}`).join(' || ')}`;
    expect((await bare.invoke('everything')).value).toEqual([
      needs('SpreadsheetApp.getActiveSpreadsheet', 'spreadsheets.currentonly', 'spreadsheets'),
      needs('UrlFetchApp.fetch', 'script.external_request'),
      needs('ScriptApp.getProjectTriggers', 'script.scriptapp'),
      needs('MailApp.sendEmail', 'script.send_mail'),
      needs('Session.getActiveUser', 'userinfo.email'),
      needs('Ui.alert', 'script.container.ui'),
      'no error',
    ]);
    bare.close();
  });
  test('menus, alerts, sidebar and toasts reach the screen', async () => {
    await value('menu');
    expect(host.screen.menus).toEqual([
      {
        label: 'Mine',
        items: [
          { label: 'Do', functionName: 'go' },
          { label: '', separator: true },
          { label: 'More', items: [{ label: 'Else', functionName: 'other' }] },
        ],
      },
    ]);
    expect(await value('ask')).toBe(true);
    expect(host.screen.alerts).toEqual([{ title: 'Sure?', message: 'Really', buttons: 'YES_NO' }]);
    expect(await value('sidebar')).toBe('No HTML file named other was found.');
    expect(host.screen.sidebar).toEqual({ title: 'Mine', html: '<p>sidebar</p>' });
    expect(host.screen.toasts[0]).toMatchObject({ title: 'Mine', message: 'done' });
    expect((await host.invoke('ask', [], { as: 'trigger' })).error?.message).toBe(
      'Cannot call SpreadsheetApp.getUi() from this context.',
    );
  });
  test('what is logged is kept with the execution', async () => {
    const done = await host.invoke('log');
    expect(done.log).toEqual(['a b {"c":1}', 'd', 'e']);
    expect(done.value).toBe('d\n');
  });
  test('a session can be saved and restored', async () => {
    await value('remember', ['kept']);
    host.workbook.setRows('Data', [{ Key: 'a', Day: '2026-10-05', Hours: 1.5, Note: '=x' }]);
    const other = hostOf(code, { scriptId: 'SCRIPT' });
    other.restore(host.state());
    expect((await other.invoke('recall')).value).toBe('kept');
    expect(other.workbook.rows('Data')).toEqual([{ Key: 'a', Day: '2026-10-05', Hours: 1.5, Note: '=x' }]);
    expect(other.clock.now()).toBeGreaterThanOrEqual(host.clock.now());
    other.close();
  });
});
