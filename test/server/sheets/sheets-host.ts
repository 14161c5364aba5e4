import { buildSync } from 'esbuild';
import { createHost, type Execution, type Host } from '../../../local/host/host.ts';

/** A spreadsheet in the local host, with the functions of `guest.ts` as its script. */
export interface SheetsHost {
  readonly host: Host;
  /** Runs one function of the guest and gives its answer; an error of the script is thrown with its message. */
  run<T>(name: string, args?: unknown): Promise<T>;
  /** As `run`, and gives what the execution came to. */
  execute(name: string, args?: unknown): Promise<Execution>;
}

const code = buildSync({
  entryPoints: [new URL('guest.ts', import.meta.url).pathname],
  bundle: true,
  format: 'iife',
  globalName: 'guest',
  target: 'es2020',
  write: false,
}).outputFiles[0]?.text;

const names = [...(code ?? '').matchAll(/^ {4}(\w+): \(\) => \w+,?$/gm)].map((match) => match[1]);

export function startSheetsHost(): SheetsHost {
  if (code === undefined) throw new Error('The guest was not built.');
  const doors = names.map((name) => `function ${name}(json) { return guest.${name}(json); }`).join('\n');
  const manifest = {
    timeZone: 'America/New_York',
    oauthScopes: [
      'https://www.googleapis.com/auth/spreadsheets.currentonly',
      'https://www.googleapis.com/auth/userinfo.email',
    ],
  };
  const host = createHost({
    bundle: { code: `${code}\n${doors}`, sidebarHtml: '', manifest },
    timeZone: 'America/New_York',
    now: Date.UTC(2026, 10, 1, 11),
    user: 'ada@firm.example',
  });
  const execute = (name: string, args: unknown = null) => host.invoke(name, [JSON.stringify(args)], { as: 'menu' });
  return {
    host,
    execute,
    run: async (name, args) => {
      const { ok, value, error } = await execute(name, args);
      if (!ok) throw new Error(error?.message ?? 'The script failed.');
      return JSON.parse(String(value));
    },
  };
}
