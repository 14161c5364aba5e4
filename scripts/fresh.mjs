// Whether built files are newer than everything that they are built from, so that a command need not build again.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './environment.mjs';

/** True when every output exists and no input (files and folders, at any depth, relative to the project) is younger. */
export function isFresh(outputs, inputs) {
  const made = outputs.map((file) => join(root, file));
  if (!made.every(existsSync)) return false;
  const oldest = Math.min(...made.map((file) => statSync(file).mtimeMs));
  return inputs.every((input) => youngest(join(root, input)) < oldest);
}

/** A folder counts with its own time too: it changes when a file is taken away. */
function youngest(path) {
  const status = statSync(path);
  if (!status.isDirectory()) return status.mtimeMs;
  return readdirSync(path).reduce((latest, name) => Math.max(latest, youngest(join(path, name))), status.mtimeMs);
}
