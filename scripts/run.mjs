// The one way in for every npm command: installs what is missing, builds, then runs the named command.
import { basename, join } from 'node:path';
import { DIST_FILES } from './entry-points.mjs';
import { ensureChromium, ensurePackages, root } from './environment.mjs';
import { isFresh } from './fresh.mjs';

const [command, ...args] = process.argv.slice(2);

const commands = {
  build: async () => {
    const { build } = await import('./build.mjs');
    const built = await build();
    for (const file of built.files) console.log(`${file.name}  ${(file.bytes / 1024).toFixed(1)} KB`);
  },
  check: async () => {
    const { check } = await import('./check.mjs');
    process.exitCode = await check();
  },
  test: async () => {
    ensureChromium();
    const { test } = await import('./check.mjs');
    process.exitCode = await test(args);
  },
  push: async () => {
    const { push } = await import('./push.mjs');
    process.exitCode = await push(args);
  },
  demo: () => runBuilt('local/commands/demo.ts'),
  'month-end': () => runBuilt('local/commands/month-end.ts'),
  simulate: () => runBuilt('local/commands/simulate.ts'),
  evaluate: () => runBuilt('local/commands/evaluate.ts'),
  bench: () => {
    ensureChromium();
    return runBuilt('test/bench/bench.ts');
  },
};

const BUILD_INPUTS = ['scripts', 'appsscript.json', 'package-lock.json'];

/** Builds the add-on and a command unless both are newer than their sources, then runs the command. */
async function runBuilt(source) {
  const file = join('.build', `${basename(source, '.ts')}.mjs`);
  if (!isFresh(DIST_FILES, ['src', ...BUILD_INPUTS])) await (await import('./build.mjs')).build();
  if (!isFresh([file], ['src', 'local', 'test', ...BUILD_INPUTS]))
    await (await import('./build.mjs')).buildLocal(source, file);
  const { main } = await import(join(root, file));
  process.exitCode = await main(args);
}

const chosen = commands[command];
if (!chosen) {
  console.error(`Unknown command "${command ?? ''}". Known: ${Object.keys(commands).join(', ')}.`);
  process.exit(2);
}
ensurePackages();
await chosen();
// Idle workers and kept-alive sockets must not hold the command back.
process.exit(process.exitCode ?? 0);
