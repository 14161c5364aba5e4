import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Folder of the repository. */
export const repositoryRoot = fileURLToPath(new URL('../..', import.meta.url));

/** All markdown files of the repository, as paths from its root. */
export function markdownFiles(folder: string = repositoryRoot): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name.startsWith('.') || NOT_OURS.has(entry.name)) return [];
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return markdownFiles(path);
    return entry.name.endsWith('.md') ? [relative(repositoryRoot, path)] : [];
  });
}

/** Brought by npm, or made by the build. */
const NOT_OURS: ReadonlySet<string> = new Set(['node_modules', 'dist', 'out']);
