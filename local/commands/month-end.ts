/** `npm run month-end`: runs scenario files. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { readWorld, WorldError } from '../world/format.ts';
import type { Result } from '../world/result.ts';
import { runWorld } from '../world/run-world.ts';

const USAGE = `Usage: npm run month-end -- --world FILE [--out RESULT.json] [--quiet]
       npm run month-end -- --worlds DIR --outs DIR [--quiet]`;

/** Exit status: 0 all steps ran, 1 a step ended in an error that a user would see, 2 a world file or the command is wrong. */
export async function main(args: readonly string[]): Promise<number> {
  const options = readOptions(args);
  if (options === null) return 2;
  const { world, out, worlds, outs, quiet } = options;
  if (world !== undefined) return runFile(world, out, quiet);
  if (worlds === undefined || outs === undefined) {
    console.error(USAGE);
    return 2;
  }
  mkdirSync(outs, { recursive: true });
  const files = readdirSync(worlds).filter((file) => file.endsWith('.json'));
  let worst = 0;
  for (const file of files.sort()) {
    worst = Math.max(worst, await runFile(join(worlds, file), join(outs, basename(file)), quiet));
  }
  return worst;
}

interface Options {
  readonly world: string | undefined;
  readonly out: string | undefined;
  readonly worlds: string | undefined;
  readonly outs: string | undefined;
  readonly quiet: boolean;
}

function readOptions(args: readonly string[]): Options | null {
  const text = { type: 'string' } as const;
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { world: text, out: text, worlds: text, outs: text, quiet: { type: 'boolean' } },
    });
    return {
      world: values.world,
      out: values.out,
      worlds: values.worlds,
      outs: values.outs,
      quiet: values.quiet ?? false,
    };
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
    return null;
  }
}

async function runFile(file: string, out: string | undefined, quiet: boolean): Promise<number> {
  try {
    const result = await runWorld(readWorld(readFileSync(file, 'utf8')), { dist: 'dist' });
    if (out !== undefined) {
      mkdirSync(dirname(out), { recursive: true });
      writeFileSync(out, `${JSON.stringify(result, null, 2)}\n`);
    }
    if (!quiet) console.log(summary(file, result));
    return result.ok ? 0 : 1;
  } catch (error) {
    if (error instanceof WorldError) {
      console.error(error.findings.map((finding) => `${file}: ${finding}`).join('\n'));
      return 2;
    }
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      console.error(`${file}: there is no such file`);
      return 2;
    }
    throw error;
  }
}

function summary(file: string, result: Result): string {
  const invoices = result.workbook['Invoices'] ?? [];
  const lines = invoices.map((row) => `  ${row['Invoice']}  ${row['Total']} ${row['Currency']}  ${row['Status']}`);
  const errors = result.errors.map((error) => `  step ${error.step}: ${error.message}`);
  return [`${result.name || file}: ${result.ok ? 'ok' : 'errors'}`, ...lines, ...errors].join('\n');
}
