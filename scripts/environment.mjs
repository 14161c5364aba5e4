// What a fresh machine lacks: the packages of the lock file and a Chromium for the browser tests.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Runs `npm ci` when the packages are missing or older than the lock file; stops with a sentence when Node is too old. */
export function ensurePackages() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    console.error(`Node ${process.versions.node} is too old: please install Node 20.19 or newer.`);
    process.exit(2);
  }
  const lock = readFileSync(join(root, 'package-lock.json'), 'utf8');
  const stamp = join(root, 'node_modules', '.installed-lock');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  const installed = join(root, 'node_modules', '.package-lock.json');
  const current =
    existsSync(installed) && statSync(installed).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs;
  if (!current) {
    console.error('Installing packages (npm ci)…');
    // The npm that runs this command; the PATH may hold another one, from a package's own dependencies.
    const running = process.env.npm_execpath;
    const [tool, first] = running ? [process.execPath, [running]] : ['npm', []];
    const done = spawnSync(tool, [...first, 'ci', '--no-audit', '--no-fund', '--loglevel=error'], {
      cwd: root,
      stdio: ['ignore', 2, 2],
      shell: !running && process.platform === 'win32',
    });
    if (done.status !== 0) {
      console.error('npm ci did not succeed. Check the network connection and run the command again.');
      process.exit(2);
    }
  }
  writeFileSync(stamp, lock);
}

/** Path of a Chromium or Chrome on this machine, or undefined. CHROMIUM in the environment goes first. */
export function findChromium() {
  const named = process.env.CHROMIUM;
  const candidates = [
    ...(named ? [named] : []),
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/usr/bin/google-chrome-stable',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  ];
  return candidates.find((path) => existsSync(path));
}

/** Makes sure that the browser tests have a Chromium: installs Debian's where that is possible, else says what to do. */
export function ensureChromium() {
  let found = findChromium();
  if (!found && process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    console.error('Installing Chromium for the browser tests (apt-get install chromium)…');
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    try {
      execFileSync('apt-get', ['update', '-qq'], { stdio: ['ignore', 'ignore', 2], env });
      execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], {
        stdio: ['ignore', 'ignore', 2],
        env,
      });
    } catch {
      // The sentence below tells what to do.
    }
    found = findChromium();
  }
  if (!found) {
    console.error(
      'The browser tests need Chromium or Chrome. Install it (Debian/Ubuntu: sudo apt-get install chromium; macOS and ' +
        'Windows: Google Chrome), or set CHROMIUM to its path, then run npm test again.',
    );
    process.exit(2);
  }
  process.env.CHROMIUM = found;
}
