// The one way in for every npm command: installs what is missing, builds, then runs the named command.
import { existsSync } from 'node:fs';
import { ensureChromium, ensurePackages, root } from './environment.mjs';

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
  demo: () => runLocal('demo'),
  'month-end': () => runLocal('month-end'),
  evaluate: () => runLocal('evaluate'),
  bench: () => runLocal('bench'),
};

async function runLocal(name) {
  const { build, buildLocal } = await import('./build.mjs');
  await build();
  const file = await buildLocal(name);
  process.argv = [process.argv[0], file, ...args];
  const { main } = await import(file);
  process.exitCode = await main(args);
}

const chosen = commands[command];
if (!chosen) {
  console.error(`Unknown command "${command ?? ''}". Known: ${Object.keys(commands).join(', ')}.`);
  process.exit(2);
}
ensurePackages();
if (!existsSync(root)) process.exit(2);
await chosen();
// Idle workers and kept-alive sockets must not hold the command back.
process.exit(process.exitCode ?? 0);
