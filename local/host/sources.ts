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
  const bundle = (entry: string, format: 'iife' | 'cjs', target: string, globalName?: string): string => {
    const result = buildSync({
      entryPoints: [join(local, entry)],
      bundle: true,
      write: false,
      format,
      target,
      platform: format === 'cjs' ? 'node' : 'neutral',
      logLevel: 'warning',
      ...(globalName === undefined ? {} : { globalName }),
    });
    const [file] = result.outputFiles;
    if (!file) throw new Error(`Bundling ${entry} gave nothing.`);
    return file.text;
  };
  return {
    services: `(function () {\n${bundle('google/main.ts', 'iife', 'es2020', 'googleServices')}\nreturn googleServices;\n})()`,
    worker: bundle('host/run/worker-entry.ts', 'cjs', 'node20'),
  };
}

/** The folder `local/`, from this file or from a bundle that holds it. */
function localFolder(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); folder !== dirname(folder); folder = dirname(folder)) {
    if (existsSync(join(folder, 'local', 'google', 'main.ts'))) return join(folder, 'local');
  }
  throw new Error('The folder local/ with the stand-ins was not found.');
}
