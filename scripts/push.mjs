// Sends dist/ to the firm's own Apps Script project.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './build.mjs';
import { root } from './environment.mjs';

/** Builds, then `clasp push -f` (without -f a changed manifest is silently skipped). Returns the exit code. */
export async function push(args) {
  const { scriptId } = JSON.parse(readFileSync(join(root, '.clasp.json'), 'utf8'));
  if (!/^[\w-]{50,}$/.test(scriptId)) {
    console.error(
      'Put the script id of your spreadsheet into .clasp.json first (Extensions > Apps Script > Project settings > Script ID).',
    );
    return 2;
  }
  await build();
  const clasp = join(root, 'node_modules', '@google', 'clasp', 'build', 'src', 'index.js');
  const done = spawnSync(process.execPath, [clasp, 'push', '-f', ...args], { cwd: root, stdio: 'inherit' });
  return done.status ?? 1;
}
