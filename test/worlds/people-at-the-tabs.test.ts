/** The same months while people work in the tabs, and what is theirs stays theirs. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { World } from '../../local/world/format.ts';
import { runSteps } from '../../local/world/run-world.ts';
import { openSession, type Session } from '../../local/world/session.ts';
import { builtAddOn } from '../support/worlds/built.ts';
import { expected, found } from '../support/worlds/compare.ts';
import { openWorld } from '../support/worlds/files.ts';

let addOn: Awaited<ReturnType<typeof builtAddOn>>;

beforeAll(async () => {
  addOn = await builtAddOn();
});
afterAll(() => addOn.remove());

/** Runs a scenario with something done before each of its steps; closes the session at the end. */
async function withPeople(
  world: World,
  between: (session: Session, step: number) => Promise<unknown> | undefined,
  after: (session: Session, result: Awaited<ReturnType<typeof runSteps>>) => void,
): Promise<void> {
  const session = await openSession(world, { dist: addOn.dist });
  try {
    const errors: { step: number; message: string }[] = [];
    let last: Awaited<ReturnType<typeof runSteps>> | undefined;
    for (const [step, each] of world.steps.entries()) {
      await between(session, step);
      last = await runSteps(session, { ...world, steps: [each] });
      errors.push(...last.errors.map(({ message }) => ({ step, message })));
    }
    if (last === undefined) throw new Error('The scenario has no steps.');
    after(session, { ...last, errors, ok: errors.length === 0 });
  } finally {
    await session.close();
  }
}

function columnOf(session: Session, tab: string, header: string): number {
  const at = session.host.workbook.view(tab, 1, 1).cells[0]?.findIndex((cell) => cell.text === header) ?? -1;
  if (at < 0) throw new Error(`${tab} has no column ${header}.`);
  return at + 1;
}

describe('people at the tabs', () => {
  it('move columns of every tab between the steps, and the month comes to the same', async () => {
    const { world, wanted } = openWorld('correction-chain-through-a-rollover');
    const tabs = ['SOW lines', 'Time entries', 'Invoices', 'Invoice lines', 'Balances', 'Clients', 'SOWs', 'Settings'];
    await withPeople(
      world,
      async (session, step) => {
        for (const tab of tabs) {
          const columns = session.host.workbook.view(tab, 1, 1).cells[0]?.length ?? 1;
          session.host.workbook.moveColumn(tab, 1, step % 2 === 0 ? columns : 2);
        }
      },
      (_session, result) => expect(found(result, wanted)).toEqual(expected(wanted)),
    );
  });

  it('keep a column of their own: it is never written and travels with its row', async () => {
    const { world, wanted } = openWorld('tiered-graduated-entries-cross-bounds');
    const remarks = new Map([
      ['harvest:1001', 'ask Ana'],
      ['harvest:1002', '=1+1 is not ours'],
      ['harvest:1003', ''],
    ]);
    await withPeople(
      world,
      async (session, step) => {
        const { workbook } = session.host;
        if (step !== 1) return;
        workbook.insertColumn('Time entries', columnOf(session, 'Time entries', 'Notes'), 'My remark');
        for (const [key, remark] of remarks) {
          if (remark !== '') await workbook.edit('Time entries', { Key: key }, { 'My remark': `'${remark}` });
        }
        workbook.sort('Time entries', 'Hours');
      },
      (_session, result) => {
        expect(found(result, wanted)).toEqual(expected(wanted));
        const rows = result.workbook['Time entries'] ?? [];
        expect(new Map(rows.map((row) => [row['Key'], row['My remark']]))).toEqual(remarks);
      },
    );
  });

  it('rename a tab: the month stops with its name and nothing is half done; renamed back, it goes on', async () => {
    const { world, wanted } = openWorld('tiered-graduated-entries-cross-bounds');
    const [monthEnd, ...rest] = world.steps;
    if (monthEnd === undefined) throw new Error('The scenario has no steps.');
    await withPeople(
      { ...world, steps: [monthEnd, monthEnd, ...rest] },
      async (session, step) => {
        if (step === 0) session.host.workbook.renameSheet('SOW lines', 'Lines of mine');
        if (step === 1) session.host.workbook.renameSheet('Lines of mine', 'SOW lines');
      },
      (_session, result) => {
        expect(result.errors).toEqual([{ step: 0, message: expect.stringContaining('SOW lines') }]);
        expect(found({ ...result, errors: [] }, wanted)).toEqual(expected(wanted));
      },
    );
  });

  it('delete rows of entries that wait: the next run brings them back', async () => {
    const { world, wanted } = openWorld('tiered-graduated-entries-cross-bounds');
    const [monthEnd, ...rest] = world.steps;
    if (monthEnd === undefined) throw new Error('The scenario has no steps.');
    await withPeople(
      { ...world, steps: [monthEnd, monthEnd, ...rest] },
      async (session, step) => {
        if (step === 1) session.host.workbook.deleteRow('Time entries', 2);
      },
      (_session, result) => expect(found(result, wanted)).toEqual(expected(wanted)),
    );
  });
});
