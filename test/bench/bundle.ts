/** Sizes of what is shipped, and how long the bundle takes to load in a bare context, as at every invocation. */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import vm from 'node:vm';

export interface BundleFigures {
  readonly serverKb: number;
  readonly sidebarKb: number;
  /** Median of nine fresh contexts. */
  readonly loadMs: number;
}

/** Measures the files in dist/. */
export function measureBundle(): BundleFigures {
  const kb = (file: string) => statSync(join('dist', file)).size / 1024;
  const script = new vm.Script(readFileSync(join('dist', 'main.js'), 'utf8'));
  const times = Array.from({ length: 9 }, () => {
    const context = vm.createContext(Object.create(null));
    const start = performance.now();
    script.runInContext(context);
    return performance.now() - start;
  });
  return { serverKb: kb('main.js'), sidebarKb: kb('sidebar.html'), loadMs: times.sort((a, b) => a - b)[4] ?? 0 };
}
