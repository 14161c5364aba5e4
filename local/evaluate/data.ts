/** Labelled data of a firm: what `npm run evaluate` reads, checked place by place. samples/README.md describes the format. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'expected a day like 2026-10-31');
const filled = z.string().trim().min(1, 'expected a text');
const optionalText = z.string().nullish();

/** Billing words of the data; only `pass_through` decides anything: such a line takes expenses and no time. */
export const BILLING_WORDS = [
  'fixed_fee',
  'fixed_monthly',
  'hourly',
  'hourly_nte',
  'retainer',
  'unit_fee',
  'pass_through',
] as const;

const line = z.looseObject({
  sow: filled,
  client: filled,
  harvest_project: z.string(),
  line: filled,
  title: filled,
  billing: z.enum(BILLING_WORDS),
  description: z.string().default(''),
  starts: day.nullish().or(z.literal('')),
  ends: day.nullish().or(z.literal('')),
});

const entry = z.looseObject({
  id: z.union([filled, z.number()]).transform(String),
  date: day,
  person: optionalText,
  role: optionalText,
  client: filled,
  harvest_project: optionalText,
  task: optionalText,
  hours: z.number(),
  notes: optionalText,
  gold: filled,
  acceptable: z.array(z.string()).default([]),
  ambiguous: z.boolean().default(false),
  difficulty: z.string().default('not said'),
  why: z.string().default(''),
});

export type LabelledLine = z.infer<typeof line>;
/** An entry with the answer that is right: `gold` (or `none`), or one of `acceptable`. */
export type LabelledEntry = z.infer<typeof entry>;

export interface LabelledData {
  readonly lines: readonly LabelledLine[];
  readonly entries: readonly LabelledEntry[];
  /** Text of each SOW that has one, by its id. */
  readonly documents: Readonly<Record<string, string>>;
}

/** What is wrong with the data, or with recorded answers: one sentence with its place for each finding. */
export class EvaluateError extends Error {
  readonly findings: readonly string[];

  constructor(findings: readonly string[]) {
    super(findings.join('\n'));
    this.name = 'EvaluateError';
    this.findings = findings;
  }
}

/** The data are fine, but the months did not come through. */
export class Unfinished extends EvaluateError {}

/** Reads a folder with sows/*.md, lines.json and entries.jsonl; throws EvaluateError that names every place that is wrong. */
export function readLabelledData(folder: string): LabelledData {
  if (!isFolder(folder)) throw new EvaluateError([`${folder}: there is no such folder`]);
  const missing = ['lines.json', 'entries.jsonl'].filter((name) => !existsSync(join(folder, name)));
  if (missing.length > 0)
    throw new EvaluateError(missing.map((name) => `${join(folder, name)}: there is no such file`));
  const findings: string[] = [];
  const lines = readLines(join(folder, 'lines.json'), findings);
  const entries = readEntries(join(folder, 'entries.jsonl'), new Set(lines.map((one) => one.line)), findings);
  if (findings.length === 0 && entries.length === 0)
    findings.push(`${join(folder, 'entries.jsonl')}: there is no entry`);
  if (findings.length > 0) throw new EvaluateError(findings);
  return { lines, entries, documents: readDocuments(join(folder, 'sows')) };
}

function readLines(file: string, findings: string[]): readonly LabelledLine[] {
  const value = parse(readFileSync(file, 'utf8'));
  if (!Array.isArray(value)) {
    findings.push(`${file}: expected a JSON list of lines`);
    return [];
  }
  const seen = new Map<string, number>();
  return value.flatMap((one: unknown, index) => {
    const read = line.safeParse(one);
    if (!read.success) {
      findings.push(...read.error.issues.map((issue) => `${file}[${index}].${issue.path.join('.')}: ${issue.message}`));
      return [];
    }
    const before = seen.get(read.data.line);
    if (before !== undefined) findings.push(`${file}[${index}].line: ${read.data.line} stands in [${before}] already`);
    seen.set(read.data.line, index);
    return [read.data];
  });
}

function readEntries(file: string, lines: ReadonlySet<string>, findings: string[]): readonly LabelledEntry[] {
  const seen = new Set<string>();
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((text, index) => {
      if (text.trim() === '') return [];
      const at = `${file}:${index + 1}`;
      const value = parse(text);
      if (value === undefined) {
        findings.push(`${at}: not JSON`);
        return [];
      }
      const read = entry.safeParse(value);
      if (!read.success) {
        findings.push(
          ...read.error.issues.map((issue) => `${at}: ${issue.path.join('.') || 'entry'}: ${issue.message}`),
        );
        return [];
      }
      const { id, gold } = read.data;
      if (seen.has(id)) findings.push(`${at}: id: ${id} is used twice`);
      seen.add(id);
      if (gold !== 'none' && !lines.has(gold)) findings.push(`${at}: gold: ${gold} is no line of lines.json, nor none`);
      return [read.data];
    });
}

function readDocuments(folder: string): Readonly<Record<string, string>> {
  if (!isFolder(folder)) return {};
  return Object.fromEntries(
    readdirSync(folder)
      .filter((name) => name.endsWith('.md'))
      .sort()
      .map((name) => [name.replace(/\.md$/, ''), readFileSync(join(folder, name), 'utf8')]),
  );
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
