/** A small firm's labelled data in a folder, evaluated by the built add-on, for tests. */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import { main } from '../../../local/commands/evaluate.ts';
import type { Report } from '../../../local/evaluate/report.ts';
import { build } from '../../../scripts/build.mjs';

export type Fields = Readonly<Record<string, unknown>>;

export interface Bench {
  /** Writes a data folder and returns its path. */
  data(files: Readonly<Record<string, string>>): string;
  /** A path for an output folder or file. */
  place(): string;
  evaluate(...args: readonly string[]): Promise<number>;
  /** Evaluates with the stand-in and returns the report; throws what was said where it did not end well. */
  report(...args: readonly string[]): Promise<Report>;
  /** What the last command printed. */
  said(): string;
  close(): void;
}

export async function openBench(): Promise<Bench> {
  const folder = mkdtempSync(join(tmpdir(), 'time-to-invoice-evaluate-'));
  const dist = join(folder, 'dist');
  await build();
  cpSync(join(import.meta.dirname, '../../../dist'), dist, { recursive: true });
  vi.stubEnv('ANTHROPIC_API_KEY', '');
  let lines: string[] = [];
  let places = 0;
  const hear = (text: string) => {
    lines.push(text);
  };
  vi.spyOn(console, 'log').mockImplementation(hear);
  vi.spyOn(console, 'error').mockImplementation(hear);
  const place = () => {
    places += 1;
    return join(folder, `place-${places}`);
  };
  const evaluate = (...args: readonly string[]) => {
    lines = [];
    return main(args, dist);
  };
  return {
    place,
    evaluate,
    data(files) {
      const at = place();
      mkdirSync(join(at, 'sows'), { recursive: true });
      for (const [name, text] of Object.entries(files)) writeFileSync(join(at, name), text);
      return at;
    },
    async report(...args) {
      const out = place();
      const status = await evaluate(...args, '--out', out);
      if (status !== 0) throw new Error(`exit status ${status}: ${lines.join('\n')}`);
      return JSON.parse(readFileSync(out, 'utf8')) as Report;
    },
    said: () => lines.join('\n'),
    close() {
      vi.unstubAllEnvs();
      vi.restoreAllMocks();
      rmSync(folder, { recursive: true });
    },
  };
}

export function lineOf(fields: Fields = {}): Fields {
  return {
    sow: 'ACME-1',
    client: 'Acme',
    harvest_project: 'Website',
    line: 'ACME-1/1',
    title: 'Design',
    billing: 'hourly',
    description: 'Drafts and layouts of pages.',
    starts: '2026-01-01',
    ends: '2026-12-31',
    ...fields,
  };
}

export function entryOf(fields: Fields = {}): Fields {
  return {
    id: 'E-1',
    date: '2026-10-05',
    person: 'Ann Lee',
    role: 'Designer',
    client: 'Acme',
    harvest_project: 'Website',
    task: 'Design',
    hours: 2,
    notes: 'layout of the start page',
    gold: 'ACME-1/1',
    acceptable: [],
    ambiguous: false,
    difficulty: 'easy',
    why: 'It is design.',
    ...fields,
  };
}

/** lines.json and entries.jsonl of a firm. */
export function filesOf(lines: readonly unknown[], entries: readonly Fields[]): Record<string, string> {
  return {
    'lines.json': JSON.stringify(lines),
    'entries.jsonl': entries.map((one) => `${JSON.stringify(one)}\n`).join(''),
    'sows/ACME-1.md': '# Website of Acme\n\nDesign of pages, and the building of them.\n',
  };
}

export const TWO_LINES: readonly Fields[] = [
  lineOf(),
  lineOf({ line: 'ACME-1/2', title: 'Building', description: 'Code of pages and forms.' }),
];

export function numbered(folder: string, kind: 'request' | 'response'): readonly string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(`.${kind}.json`))
    .sort();
}
