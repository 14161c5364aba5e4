/** The built add-on in a folder of its own, so that a build that somebody else starts meanwhile changes nothing here. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from '../../../scripts/build.mjs';

/** Builds the add-on and copies it; `remove` takes the copy away again. */
export async function builtAddOn(): Promise<{ readonly dist: string; remove(): void }> {
  await build();
  const dist = mkdtempSync(join(tmpdir(), 'time-to-invoice-'));
  cpSync(join(import.meta.dirname, '..', '..', '..', 'dist'), dist, { recursive: true });
  return { dist, remove: () => rmSync(dist, { recursive: true }) };
}
