// Types, lint and tests.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './build.mjs';
import { root } from './environment.mjs';

const PROJECTS = ['src/lib', 'src/server', 'src/sidebar', 'local', 'local/google', 'local/page', 'test'];

/** Types, lint, build gates and the unit tests of the pure rooms. Returns the exit code. */
export async function check() {
  return (await staticChecks()) || vitest(['run', 'test/lib', 'test/scripts']);
}

/** Everything: types, lint, build gates and every test. Ends with a line `N passed, N failed`. Returns the exit code. */
export async function test(args) {
  const failedStatic = await staticChecks();
  const report = join(root, '.build', 'test-report.json');
  mkdirSync(join(root, '.build'), { recursive: true });
  const code = vitest(['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...args]);
  if (!existsSync(report)) {
    console.log('0 passed, 1 failed');
    return 1;
  }
  const { numPassedTests, numFailedTests, numFailedTestSuites, numPendingTests } = JSON.parse(
    readFileSync(report, 'utf8'),
  );
  const failed =
    numFailedTests + (numFailedTests === 0 && code !== 0 ? Math.max(1, numFailedTestSuites) : 0) + failedStatic;
  const skipped = numPendingTests > 0 ? `, ${numPendingTests} skipped` : '';
  console.log(`${numPassedTests} passed, ${failed} failed${skipped}`);
  return failed > 0 ? 1 : 0;
}

/** Number of the checks of types, lint and build that failed. */
async function staticChecks() {
  let failed = 0;
  for (const project of PROJECTS) failed += run('tsc', ['-p', project]);
  failed += run('biome', ['check', '.']);
  try {
    await build();
  } catch (error) {
    console.error(error.message);
    failed += 1;
  }
  return failed;
}

function vitest(args) {
  return run('vitest', args);
}

function run(tool, args) {
  const done = spawnSync(process.execPath, [toolPath(tool), ...args], { cwd: root, stdio: 'inherit' });
  return done.status === 0 ? 0 : 1;
}

function toolPath(tool) {
  const packages = { tsc: 'typescript', biome: '@biomejs/biome', vitest: 'vitest' };
  const folder = join(root, 'node_modules', packages[tool]);
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return join(folder, typeof bin === 'string' ? bin : bin[tool]);
}
