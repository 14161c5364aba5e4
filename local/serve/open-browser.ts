import { spawn } from 'node:child_process';

/** Opens an address in the person's browser where there is one; a machine without a screen is no error. */
export function openBrowser(url: string): void {
  if (process.env['CI'] || (process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']))
    return;
  const [command, args]: readonly [string, string[]] =
    process.platform === 'darwin'
      ? ['open', [url]]
      : process.platform === 'win32'
        ? ['cmd', ['/c', 'start', '', url]]
        : ['xdg-open', [url]];
  spawn(command, args, { stdio: 'ignore', detached: true })
    .on('error', () => {})
    .unref();
}
