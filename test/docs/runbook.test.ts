import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { repositoryRoot } from './files.ts';

/** Headers of columns that hold messages word for word. */
const MESSAGE_HEADERS: ReadonlySet<string> = new Set(['message', 'subject']);

const sources = ['src', 'scripts'].map((folder) => textOf(join(repositoryRoot, folder))).join('\n');
const messages = messagesIn(readFileSync(join(repositoryRoot, 'docs', 'runbook.md'), 'utf8'));

describe('docs/runbook.md', () => {
  it('explains most of what can be seen', () => {
    expect(messages.length).toBeGreaterThan(100);
  });

  it.each(messages)('%s: stands in the sources word for word', (message) => {
    expect(fixedParts(message).filter((part) => !sources.includes(part))).toEqual([]);
  });

  it('would miss a message that is not ours', () => {
    const made = fixedParts('The customer "…" is unknown to us. Press any key.');
    expect(made.filter((part) => !sources.includes(part))).toEqual(['is unknown to us', 'Press any key']);
  });
});

/** What is fixed of a message: its sentences, cut where names and reasons go in and where a problem of a cell is put together. */
function fixedParts(message: string): readonly string[] {
  const parts = message.split(/…|: found |; allowed is |^allowed is |(?<=… )allowed is |(?<=[.!?]) /);
  return parts.map((part) => part.replace(/^[\s".;:,]+|[\s".;:,]+$/g, '')).filter((part) => part !== '');
}

/** Cells under the headers above. */
function messagesIn(markdown: string): readonly string[] {
  let at = -1;
  return markdown.split('\n').flatMap((line) => {
    if (!line.startsWith('|')) {
      at = -1;
      return [];
    }
    const cells = line.split('|').map((cell) => cell.trim());
    if (at < 0) {
      at = cells.findIndex((cell) => MESSAGE_HEADERS.has(cell));
      return [];
    }
    const cell = cells[at] ?? '';
    return cell === '' || /^-+$/.test(cell) ? [] : [cell];
  });
}

/** All code below a folder, with what stands between `${` and `}` left out, escapes read and blanks made one. */
function textOf(path: string): string {
  if (statSync(path).isDirectory())
    return readdirSync(path)
      .map((name) => textOf(join(path, name)))
      .join('\n');
  if (!/\.(tsx?|mjs)$/.test(path)) return '';
  return readFileSync(path, 'utf8')
    .replace(/\\(['`])/g, '$1')
    .replace(/\s+/g, ' ');
}
