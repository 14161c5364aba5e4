import { sameName, showCell } from './cell.ts';
import type { RowOf } from './define.ts';
import type { CellProblem } from './problem.ts';
import { type SettingDef, type Settings, settingDefs } from './setting-defs.ts';
import type { settings as settingsTable } from './tables/terms.ts';

export type { Settings } from './setting-defs.ts';

type SettingRow = RowOf<typeof settingsTable>;

/**
 * Reads the rows of the tab Settings into one typed object. A setting without a row, or with an empty value, has its default;
 * First period has none. `rowNumbers` go with the rows and name the place of a problem; without them the setting is named.
 */
export function readSettings(
  rows: readonly SettingRow[],
  rowNumbers: readonly number[] = [],
): { settings: Settings; problems: CellProblem[] } {
  const problems: CellProblem[] = [];
  const read = <T>(def: SettingDef<T>, fallback: T): T => {
    const index = rows.findIndex((row) => sameName(row.setting, def.name));
    const cell = rows[index]?.value ?? '';
    const decoded = def.read(cell);
    if (decoded.ok) return decoded.value;
    const found = `${showCell(cell)} for ${def.name}`;
    problems.push({
      tab: 'Settings',
      row: rowNumbers[index] ?? null,
      column: 'Value',
      found,
      allowed: decoded.allowed,
    });
    return fallback;
  };
  const settings: Settings = {
    firstPeriod: read(settingDefs.firstPeriod, ''),
    timeSource: read(settingDefs.timeSource, 'Harvest'),
    roundHours: read(settingDefs.roundHours, 'as tracked'),
    invoiceDate: read(settingDefs.invoiceDate, 'last day of period'),
    pushAs: read(settingDefs.pushAs, 'unsent invoice'),
    classificationModel: read(settingDefs.classificationModel, 'claude-haiku-5-5'),
    secondOpinionModel: read(settingDefs.secondOpinionModel, 'claude-sonnet-5-5'),
    secondOpinionOn: read(settingDefs.secondOpinionOn, 'every row'),
    targetErrorRate: read(settingDefs.targetErrorRate, 0.01),
    confidenceThreshold: read(settingDefs.confidenceThreshold, 'automatic'),
    auditSample: read(settingDefs.auditSample, 30),
    longEntryHours: read(settingDefs.longEntryHours, 12),
    notify: read(settingDefs.notify, []),
    whoMayPush: read(settingDefs.whoMayPush, []),
  };
  problems.push(...unknownSettings(rows, rowNumbers));
  return { settings, problems };
}

/** The rows that set-up writes, one per setting; `month` is the month of set-up, `email` the address of who sets up. */
export function initialSettings(month: string, email: string): SettingRow[] {
  return Object.values(settingDefs).map(({ name, initial, whatItDoes }) => ({
    setting: name,
    value: typeof initial === 'object' ? { month, email }[initial.from] : initial,
    whatItDoes,
  }));
}

function unknownSettings(rows: readonly SettingRow[], rowNumbers: readonly number[]): CellProblem[] {
  const names = Object.values(settingDefs).map((def) => def.name);
  return rows.flatMap((row, index) =>
    names.some((name) => sameName(name, row.setting))
      ? []
      : [
          {
            tab: 'Settings',
            row: rowNumbers[index] ?? null,
            column: 'Setting',
            found: `"${row.setting}"`,
            allowed: `one of ${names.join(', ')}`,
          },
        ],
  );
}
