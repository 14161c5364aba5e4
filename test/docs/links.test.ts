import { existsSync, readFileSync, statSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { markdownFiles, repositoryRoot } from './files.ts';

const pages = markdownFiles().filter((path) => !path.startsWith('samples/sows/'));
const textOf = (path: string): string => readFileSync(join(repositoryRoot, path), 'utf8');
const scripts = Object.keys(JSON.parse(textOf('package.json')).scripts);

describe.each(pages)('%s', (page) => {
  const text = textOf(page);
  const prose = text.replace(/^```[\s\S]*?^```/gm, '');

  it('links only to files and headings that are there', () => {
    expect(linksIn(prose).filter((link) => !leadsSomewhere(page, link))).toEqual([]);
  });

  it('names only folders and files that are there', () => {
    expect(pathsIn(prose).filter((path) => !existsSync(join(repositoryRoot, path)))).toEqual([]);
  });

  it('names only commands that package.json has', () => {
    const named = [...text.matchAll(/npm run ([a-z][a-z-]*)/g)].map(([, name = '']) => name);
    expect(named.filter((name) => !scripts.includes(name))).toEqual([]);
  });

  it('names no folder of the machine it was written on', () => {
    const own = [repositoryRoot, homedir(), tmpdir()].map((path) => `/${path.split('/')[1]}/`);
    expect(own.filter((folder) => text.includes(folder))).toEqual([]);
  });
});

it('finds a link that leads nowhere', () => {
  expect(leadsSomewhere('README.md', 'docs/no-such-page.md')).toBe(false);
  expect(leadsSomewhere('README.md', 'docs/billing-rules.md#no-such-heading')).toBe(false);
  expect(leadsSomewhere('README.md', '../elsewhere.md')).toBe(false);
  expect(leadsSomewhere('README.md', 'docs/billing-rules.md#which-rate')).toBe(true);
});

/** Targets of links and images, but for those that lead to the web. */
function linksIn(text: string): readonly string[] {
  const targets = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
  return targets.filter((target) => !/^(https?|mailto):/.test(target));
}

function leadsSomewhere(page: string, link: string): boolean {
  const [file = '', heading = ''] = link.split('#');
  const path = file === '' ? join(repositoryRoot, page) : join(repositoryRoot, dirname(page), file);
  if (relative(repositoryRoot, path).startsWith('..') || !existsSync(path)) return false;
  return heading === '' || (statSync(path).isFile() && headingsOf(readFileSync(path, 'utf8')).includes(heading));
}

/** Headings as GitHub names them in addresses. */
function headingsOf(markdown: string): readonly string[] {
  return [...markdown.matchAll(/^#+ +(.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s-]/gu, '')
      .trim()
      .replace(/\s/g, '-'),
  );
}

/** What stands between backticks and begins with a folder of the sources. */
function pathsIn(text: string): readonly string[] {
  return [...text.matchAll(/`((?:src|local|scripts|samples|test|docs)\/[\w./-]*)`/g)].map(([, path = '']) => path);
}
