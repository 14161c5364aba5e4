import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';

/** The two scripts that an execution needs, as texts. */
export interface Sources {
  /** Evaluated inside the bare context; its value holds `install` and `run`. */
  readonly services: string;
  /** The execution worker. */
  readonly worker: string;
}

let made: Sources | undefined;

/** Bundles the scripts from their TypeScript sources, once per process. */
export function sources(): Sources {
  made ??= build(localFolder());
  return made;
}

function build(local: string): Sources {
  const result = buildSync({
    entryPoints: { services: join(local, 'google', 'main.ts'), worker: join(local, 'host', 'run', 'worker-entry.ts') },
    outdir: local,
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'made',
    target: 'es2020',
    platform: 'node',
    logLevel: 'warning',
  });
  const text = (name: string): string => {
    const file = result.outputFiles.find((each) => each.path.endsWith(`${name}.js`));
    if (!file) throw new Error(`Bundling ${name} gave nothing.`);
    return file.text;
  };
  return {
    services: `(function () {
${text('services')}
return made;
})()`,
    worker: text('worker'),
  };
}

/** The folder `local/`, from this file or from a bundle that holds it. */
function localFolder(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); folder !== dirname(folder); folder = dirname(folder)) {
    if (existsSync(join(folder, 'local', 'google', 'main.ts'))) return join(folder, 'local');
  }
  throw new Error('The folder local/ with the stand-ins was not found.');
}
