/** Labelled data of a firm: what `npm run evaluate` reads, checked place by place. samples/README.md describes the format. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  anything,
  day,
  type Field,
  filled,
  hours,
  maybeDay,
  maybeName,
  maybeText,
  readRecord,
  texts,
  yesNo,
} from './fields.ts';
import { sameName } from './names.ts';
import { isFolder, parsed, readText, whyNotJson } from './text-file.ts';

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

export interface LabelledLine {
  readonly sow: string;
  readonly client: string;
  /** Empty: all projects of the client. */
  readonly harvest_project: string;
  readonly line: string;
  readonly title: string;
  readonly billing: (typeof BILLING_WORDS)[number];
  readonly description: string;
  readonly starts: string;
  readonly ends: string;
}

/** An entry with the answer that is right: `gold` (or `none`), or one of `acceptable`. */
export interface LabelledEntry {
  readonly id: string;
  readonly date: string;
  readonly person: string;
  readonly role: string;
  readonly client: string;
  readonly harvest_project: string;
  readonly task: string;
  readonly hours: number;
  readonly notes: string;
  readonly gold: string;
  readonly acceptable: readonly string[];
  readonly ambiguous: boolean;
  readonly difficulty: string;
  readonly why: string;
}

export interface LabelledData {
  readonly lines: readonly LabelledLine[];
  readonly entries: readonly LabelledEntry[];
  /** Text of each SOW that has one, by its id as the lines have it. */
  readonly documents: Readonly<Record<string, string>>;
  /** What was read in another way than it stands there, or not at all: a sentence each. */
  readonly notes: readonly string[];
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
  const heard: Heard = { findings: [], notes: [] };
  const { lines, ids } = readLines(join(folder, 'lines.json'), heard);
  const entries = readEntries(join(folder, 'entries.jsonl'), ids, heard);
  if (heard.findings.length === 0 && entries.length === 0)
    heard.findings.push(`${join(folder, 'entries.jsonl')}: there is no entry`);
  if (heard.findings.length > 0) throw new EvaluateError(heard.findings);
  const documents = readDocuments(join(folder, 'sows'), lines, heard);
  const expenses = join(folder, 'expenses.jsonl');
  if (existsSync(expenses)) heard.notes.push(`${expenses}: not read, only time entries are evaluated`);
  return { lines, entries, documents, notes: heard.notes };
}

interface Heard {
  readonly findings: string[];
  readonly notes: string[];
}

const LINE: { readonly [K in keyof LabelledLine]: Field<LabelledLine[K]> } = {
  sow: filled,
  client: filled,
  harvest_project: maybeName,
  line: filled,
  title: maybeName,
  billing: { allowed: 'anything', read: (value) => billingWord(value) ?? 'hourly' },
  description: maybeText,
  starts: maybeDay,
  ends: maybeDay,
};

/** `Pass-through` is pass_through too. */
function billingWord(value: unknown): LabelledLine['billing'] | undefined {
  const word =
    typeof value === 'string'
      ? value
          .trim()
          .toLowerCase()
          .replace(/[\s-]+/g, '_')
      : '';
  return BILLING_WORDS.find((known) => known === word);
}

/** The lines, and the ids of all of them, also of those that have a mistake elsewhere. */
function readLines(file: string, { findings, notes }: Heard) {
  const text = readText(file);
  const value = parsed(text);
  const ids: string[] = [];
  if (!Array.isArray(value)) {
    findings.push(
      `${file}: ${value === undefined ? whyNotJson(text) : 'found another value'}; allowed: a JSON list of lines`,
    );
    return { lines: [], ids: null };
  }
  const lines = value.flatMap((one: unknown, index): readonly LabelledLine[] => {
    const id = filled.read((one as { readonly line?: unknown } | null)?.line);
    const at = `${file}, item ${index + 1}${id === undefined ? '' : ` (${id})`}`;
    if (id !== undefined) {
      const before = ids.findIndex((other) => sameName(other, id));
      if (sameName(id, NONE)) findings.push(`${at}: line: found "${id}"; allowed: any id but none`);
      else if (before >= 0)
        findings.push(`${at}: line: found "${id}", which is the id of item ${before + 1} too; allowed: each only once`);
    }
    ids.push(id ?? '');
    const read = readRecord<LabelledLine>(one, LINE);
    if ('findings' in read) {
      findings.push(...read.findings.map((found) => `${at}: ${found}`));
      return [];
    }
    const { starts, ends } = read.values;
    if (starts !== '' && ends !== '' && ends < starts)
      findings.push(`${at}: ends: found "${ends}"; allowed: a day not before starts, which is ${starts}`);
    const { billing } = one as { readonly billing?: unknown };
    if (billingWord(billing) === undefined)
      notes.push(
        `${at}: billing: ${billing === undefined ? 'nothing' : JSON.stringify(billing)} is none of ${BILLING_WORDS.join(', ')}; taken as a line for time`,
      );
    return [read.values];
  });
  return { lines, ids };
}

const ENTRY: { readonly [K in keyof LabelledEntry]: Field<LabelledEntry[K]> } = {
  id: maybeName,
  date: day,
  person: maybeName,
  role: maybeName,
  client: filled,
  harvest_project: maybeName,
  task: maybeName,
  hours,
  notes: maybeText,
  gold: {
    allowed: 'the id of a line, or none',
    // Null and empty are a label that says none; no label at all is a mistake.
    read: (value) => (value === undefined ? undefined : maybeName.read(value)),
  },
  acceptable: texts,
  ambiguous: yesNo,
  difficulty: anything('not said'),
  why: anything(''),
};

const NONE = 'none';

/** @param lines ids of the lines; null where they could not be read, so that nothing can be said about labels */
function readEntries(file: string, lines: readonly string[] | null, { findings }: Heard): readonly LabelledEntry[] {
  const known = new Map((lines ?? []).map((id) => [id.toLowerCase(), id]));
  const label = (said: string) =>
    said === '' || sameName(said, NONE) ? NONE : (known.get(said.toLowerCase()) ?? said);
  const seen = new Map<string, number>();
  return readText(file)
    .split('\n')
    .flatMap((text, index): readonly LabelledEntry[] => {
      if (text.trim() === '') return [];
      const at = `${file}:${index + 1}`;
      const value = parsed(text);
      if (value === undefined) {
        findings.push(`${at}: not JSON; allowed: one entry as a JSON object`);
        return [];
      }
      const read = readRecord<LabelledEntry>(value, ENTRY);
      if ('findings' in read) {
        findings.push(...read.findings.map((found) => `${at}: ${found}`));
        return [];
      }
      const id = read.values.id || `line ${index + 1}`;
      const before = seen.get(id);
      if (before !== undefined)
        findings.push(`${at}: id: found "${id}", which is the id of line ${before} too; allowed: each only once`);
      seen.set(id, index + 1);
      const gold = label(read.values.gold);
      if (lines !== null && gold !== NONE && !known.has(gold.toLowerCase()))
        findings.push(`${at}: gold: found "${gold}"; allowed: the id of a line in lines.json, or none`);
      return [{ ...read.values, id, gold, acceptable: read.values.acceptable.map(label) }];
    });
}

/** Texts by the SOW's id as the lines spell it. */
function readDocuments(
  folder: string,
  lines: readonly LabelledLine[],
  { notes }: Heard,
): Readonly<Record<string, string>> {
  const files = isFolder(folder)
    ? readdirSync(folder)
        .filter((name) => /\.(md|txt)$/i.test(name))
        .sort()
    : [];
  const nameOf = (file: string) => file.replace(/\.(md|txt)$/i, '');
  const documents: Record<string, string> = {};
  for (const sow of new Set(lines.map((line) => line.sow))) {
    const file = files.find((one) => nameOf(one) === sow) ?? files.find((one) => sameName(nameOf(one), sow));
    const text = file === undefined ? '' : readText(join(folder, file));
    if (text.trim() === '') notes.push(`${join(folder, `${sow}.md`)}: there is no text; the SOW goes without`);
    else documents[sow] = text;
  }
  for (const file of files) {
    if (!lines.some(({ sow }) => sameName(sow, nameOf(file))))
      notes.push(`${join(folder, file)}: not read, no line belongs to this SOW`);
  }
  return documents;
}
