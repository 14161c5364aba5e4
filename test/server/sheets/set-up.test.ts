import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { allTables } from '../../../src/lib/workbook/tables.ts';
import { type SheetsHost, startSheetsHost } from './sheets-host.ts';

let sheets: SheetsHost;

beforeEach(() => {
  sheets = startSheetsHost();
});

afterEach(() => sheets.host.close());

interface Looks {
  readonly hidden: boolean;
  readonly frozen: number;
  readonly widths: number[];
  readonly bold: string;
  readonly protectedWithWarning: number;
  readonly dropDowns: (string | null)[];
  readonly colours: number;
}

describe('setting up', () => {
  test('creates every tab and setting once, and leaves nothing wrong but what people must fill in', async () => {
    const first = await sheets.run<{ created: string[] }>('setUp');
    const tabs = allTables.map((table) => table.tab);
    tabs.splice(tabs.indexOf('Activity'), 0, 'Dashboard');
    expect(first.created.filter((name) => name.startsWith('Tab '))).toEqual(tabs.map((name) => `Tab ${name}`));
    expect(first.created.filter((name) => name.startsWith('Setting '))).toHaveLength(14);
    expect(await sheets.run('problems')).toEqual([]);
    expect(await sheets.run('setUp')).toEqual({ created: [] });
  });

  test('writes the month of set-up and the address of the person', async () => {
    await sheets.run('setUp');
    const { rows } = await sheets.run<{ rows: { setting: string; value: unknown }[] }>('read', 'Settings');
    const values = Object.fromEntries(rows.map((row) => [row.setting, row.value]));
    expect(values).toMatchObject({
      'First period': '2026-11',
      'Target error rate': 0.01,
      Notify: 'ada@firm.example',
      'Who may push': 'ada@firm.example',
    });
  });

  test('never overwrites: what people wrote stays, a missing setting comes back, a renamed header is told', async () => {
    await sheets.run('setUp');
    await sheets.run('type', { tab: 'Settings', row: 2, column: 2, value: '2026-08' });
    await sheets.run('type', { tab: 'Settings', row: 3, column: 1, value: '' });
    await sheets.run('type', { tab: 'Settings', row: 3, column: 2, value: '' });
    await sheets.run('type', { tab: 'Settings', row: 3, column: 3, value: '' });
    await sheets.run('type', { tab: 'Clients', row: 1, column: 1, value: 'Customer' });
    expect(await sheets.run('setUp')).toEqual({ created: ['Setting Time source'] });
    const problems = await sheets.run<{ tab: string; column: string }[]>('problems');
    expect(problems).toMatchObject([{ tab: 'Clients', column: 'Client', found: 'no such header' }]);
    const { rows } = await sheets.run<{ rows: { setting: string }[] }>('read', 'Settings');
    expect(rows[0]).toMatchObject({ setting: 'First period', value: { day: '2026-08-01' } });
    expect(rows).toHaveLength(14);
  });

  test('dresses the tabs: frozen bold headers with notes, drop-downs, warning-only protection, colours, formats', async () => {
    await sheets.run('setUp');
    const looks = await sheets.run<Looks>('looks', 'Time entries');
    expect(looks).toMatchObject({ hidden: false, frozen: 1, bold: 'bold', widths: [130, 80], colours: 6 });
    expect(looks.protectedWithWarning).toBe(3);
    const headers = allTables.find((table) => table.tab === 'Time entries');
    const kinds = Object.fromEntries(
      Object.values(headers?.columns ?? {}).map((column, at) => [column.header, looks.dropDowns[at]]),
    );
    expect(kinds['SOW line']).toBe('VALUE_IN_RANGE');
    expect(kinds['Status']).toBe('VALUE_IN_LIST');
    expect(kinds['Notes']).toBeNull();
    const notes = await sheets.run<string[][]>('raw', { tab: 'Time entries', what: 'notes' });
    expect(notes[0]?.every((note) => note.length > 10)).toBe(true);
    expect((await sheets.run<Looks>('looks', 'Entry records')).hidden).toBe(true);
  });

  test('breaks off at any call and is made whole by the next press', async () => {
    const whole = await sheets.execute('setUp');
    for (const part of [0.1, 0.35, 0.6, 0.85]) {
      const broken = startSheetsHost();
      broken.host.killAfter(1, Math.floor(whole.serviceCalls * part));
      expect((await broken.execute('setUp')).killed).toBe(true);
      await broken.run('setUp');
      expect(await broken.run('problems')).toEqual([]);
      expect(await broken.run('setUp')).toEqual({ created: [] });
      broken.host.close();
    }
  });
});
