/** A person who sorts a tab at the very moment when a run writes to it mixes no rows. */
import { expect, it } from 'vitest';
import { fireContinuations } from '../../../local/simulate/carry-on.ts';
import { openAt, PHASES } from '../../../local/simulate/phases.ts';
import { preparedMonth } from './prepared.ts';

it('between any two calls while entries are matched and drafted', async () => {
  const prepared = await preparedMonth({ second: true });
  for (let call = 101; call <= 180; call += 2) {
    const session = await openAt(prepared, 'month-end');
    session.host.during(1, call, () => session.host.workbook.sort('Time entries', 'Notes', false));
    await PHASES['month-end'].begin(session);
    await fireContinuations(session);
    const rows = session.host.workbook.rows('Time entries');
    const lines = rows.map((row) => `${String(row['Key'])} ${String(row['SOW line'])} ${String(row['Amount'])}`).sort();
    expect(lines, `sorted after call ${call}`).toEqual([
      'harvest:1001 A/1 601.25',
      'harvest:1002 A/2 150',
      'harvest:1003 B/1 180',
      'harvest:1004 B/1 90',
    ]);
    await session.close();
  }
}, 60_000);
