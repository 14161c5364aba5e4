/** Runs one scenario from its first step to its last. */
import { type World, WorldError } from './format.ts';
import { meterOf, type Result, type StepRun, tabsOf, usedBy } from './result.ts';
import { openSession, type Session, type SessionOptions } from './session.ts';
import { runStep } from './steps.ts';

/** Runs a scenario and closes everything again; throws WorldError where the file is wrong. */
export async function runWorld(world: World, options: SessionOptions): Promise<Result> {
  const session = await openSession(world, options);
  try {
    return await runSteps(session, world);
  } finally {
    await session.close();
  }
}

/** Runs the steps of a scenario in an open session. A step that ends in an error does not stop the next ones, as in life. */
export async function runSteps(session: Session, world: World): Promise<Result> {
  const errors: { step: number; message: string }[] = [];
  const runs: StepRun[] = [];
  for (const [index, step] of world.steps.entries()) {
    const before = meterOf(session);
    const found = await runStep(session, step, world).catch((error: unknown) => {
      throw error instanceof WorldError
        ? new WorldError(error.findings.map((one) => `steps[${index}]: ${one}`))
        : error;
    });
    errors.push(...found.map((message) => ({ step: index, message })));
    runs.push(usedBy(index, session.takeExecutions(), before, meterOf(session)));
  }
  return {
    name: world.name ?? '',
    ok: errors.length === 0,
    errors,
    quickbooks: { Invoice: session.quickbooks.invoices(), requests: session.quickbooks.requests() },
    workbook: tabsOf(session),
    runs,
  };
}
