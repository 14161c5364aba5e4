/** Text files as any editor writes them. */
import { readFileSync, statSync } from 'node:fs';

/** The text of a file without the byte order mark that some editors put in front. */
export function readText(file: string): string {
  return readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
}

/** A JSON value, or undefined where the text is none. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Why a text is not JSON, with the line if the reader tells the place. */
export function whyNotJson(text: string): string {
  if (text.trim() === '') return 'the file is empty';
  try {
    JSON.parse(text);
    return '';
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    const at = /position (\d+)/.exec(words)?.[1];
    return at === undefined ? 'not JSON' : `not JSON, from line ${text.slice(0, Number(at)).split('\n').length}`;
  }
}

export function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
