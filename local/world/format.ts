/**
 * Scenario files ("worlds"): what they may hold, checked strictly. docs/worlds.md describes the format.
 */
import * as z from 'zod';

const record = z.record(z.string(), z.unknown());
const records = z.array(record);
const cells = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));
const id = z.union([z.number().int(), z.string().min(1)]);
const at = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/, 'expected a local time like 2026-11-01T06:00:00')
  .optional();
const period = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'expected a month like 2026-10');
const confidence = z.number().min(0).max(1);
const line = z.string().nullable();

const harvest = z.strictObject({
  company: record.optional(),
  clients: records.optional(),
  projects: records.optional(),
  tasks: records.optional(),
  users: records.optional(),
  time_entries: records.optional(),
  expense_categories: records.optional(),
  expenses: records.optional(),
});

const quickbooks = z.strictObject({
  CompanyInfo: record.optional(),
  Preferences: record.optional(),
  Customer: records.optional(),
  Item: records.optional(),
  Term: records.optional(),
  TaxCode: records.optional(),
  Invoice: records.optional(),
});

const answer = z.strictObject({
  notes: z.string(),
  line,
  confidence,
  second: z.strictObject({ line, confidence }).optional(),
});

const oneOf = (...names: readonly string[]) => ({
  check: (step: Readonly<Record<string, unknown>>) => names.filter((name) => step[name] !== undefined).length === 1,
  message: `expected exactly one of ${names.join(', ')}`,
});
const oneRow = oneOf('entry', 'expense');
const oneAnswer = oneOf('line', 'exclude', 'split');

const review = z.union([
  z.strictObject({ at, do: z.literal('review'), accept: z.literal('all') }),
  z
    .strictObject({
      at,
      do: z.literal('review'),
      entry: id.optional(),
      expense: id.optional(),
      line: z.string().min(1).optional(),
      exclude: z.literal(true).optional(),
      split: z
        .array(z.strictObject({ line: z.string().min(1), hours: z.number() }))
        .min(2)
        .optional(),
    })
    .refine(oneRow.check, oneRow.message)
    .refine(oneAnswer.check, oneAnswer.message),
]);

const decide = z.union([
  z.strictObject({
    at,
    do: z.literal('decide'),
    invoice: z.string(),
    held: z.enum(['bill', 'absorb', 'raise cap']),
  }),
  z
    .strictObject({
      at,
      do: z.literal('decide'),
      entry: id.optional(),
      expense: id.optional(),
      changed: z.enum(['ignore', 'bill difference']),
    })
    .refine(oneRow.check, oneRow.message),
]);

const inQuickBooks = z.union([
  z.strictObject({ at, do: z.literal('quickbooks'), void: z.string() }),
  z.strictObject({ at, do: z.literal('quickbooks'), delete: z.string() }),
  z.strictObject({ at, do: z.literal('quickbooks'), pay: z.string() }),
  z.strictObject({ at, do: z.literal('quickbooks'), send: z.string() }),
  z.strictObject({
    at,
    do: z.literal('quickbooks'),
    edit: z.strictObject({ invoice: z.string(), set: record }),
  }),
]);

const simple = z.union([
  z.strictObject({ at, do: z.literal('month-end'), period: period.optional() }),
  z.strictObject({ at, do: z.literal('approve'), invoices: z.union([z.literal('all'), z.array(z.string())]) }),
  z.strictObject({ at, do: z.literal('push') }),
  z.strictObject({ at, do: z.literal('sync') }),
  z.strictObject({ at, do: z.literal('update drafts') }),
  z.strictObject({ at, do: z.literal('edit'), tab: z.string(), where: cells, set: cells }),
  z.strictObject({ at, do: z.literal('sort'), tab: z.string(), by: z.string() }),
  z.strictObject({
    at,
    do: z.literal('harvest'),
    upsert: z.record(z.string(), records).optional(),
    delete: z.record(z.string(), z.array(z.number().int())).optional(),
  }),
]);

const KINDS = {
  'month-end': simple,
  approve: simple,
  push: simple,
  sync: simple,
  'update drafts': simple,
  edit: simple,
  sort: simple,
  harvest: simple,
  review,
  decide,
  quickbooks: inQuickBooks,
} as const;

/** A fault of a request at one of the services, or the platform stopping an execution. */
const fault = z.union([
  z.strictObject({
    service: z.enum(['harvest', 'claude', 'quickbooks']),
    request: z.string().regex(/^(GET|POST|PATCH|DELETE) \/\S*$/, 'expected a method and a path like POST /invoice'),
    nth: z.number().int().positive().optional(),
    fault: z.string(),
  }),
  z.strictObject({
    execution: z.number().int().positive(),
    'kill after': z.number().int().positive(),
  }),
]);

const world = z.strictObject({
  name: z.string().optional(),
  timeZone: z.string().optional(),
  harvest: harvest.optional(),
  quickbooks: quickbooks.optional(),
  claude: z.strictObject({ answers: z.array(answer).optional() }).optional(),
  workbook: z.record(z.string(), z.union([records, record])).optional(),
  documents: z.record(z.string(), z.string()).optional(),
  steps: z.array(z.looseObject({ do: z.string() })),
  faults: z.array(fault).optional(),
});

/** A checked scenario. */
export type World = Omit<z.infer<typeof world>, 'steps'> & { readonly steps: readonly Step[] };
/** One thing that a user, the clock or somebody at a service does. */
export type Step = z.infer<(typeof KINDS)[keyof typeof KINDS]>;
/** One fault of a scenario. */
export type Fault = z.infer<typeof fault>;

/** What is wrong with a world file, all of it: one sentence with the place in the file per finding. */
export class WorldError extends Error {
  readonly findings: readonly string[];

  constructor(findings: readonly string[]) {
    super(findings.join('\n'));
    this.name = 'WorldError';
    this.findings = findings;
  }
}

/** Reads a scenario from the text of a file; throws WorldError that names every place that is wrong. */
export function readWorld(text: string): World {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    throw new WorldError([`not JSON: ${error instanceof Error ? error.message : String(error)}`]);
  }
  const parsed = world.safeParse(withoutWhy(data));
  if (!parsed.success) throw new WorldError(findingsOf(parsed.error, ''));
  const steps: Step[] = [];
  const findings: string[] = [];
  parsed.data.steps.forEach((step, index) => {
    const kind = Object.hasOwn(KINDS, step.do) ? KINDS[step.do as keyof typeof KINDS] : undefined;
    if (!kind) {
      findings.push(`steps[${index}].do: unknown step "${step.do}"; known: ${Object.keys(KINDS).join(', ')}`);
      return;
    }
    const read = kind.safeParse(step);
    if (read.success) steps.push(read.data);
    else findings.push(...stepFindings(read.error, `steps[${index}]`, step.do));
  });
  const zone = parsed.data.timeZone;
  if (zone !== undefined && !isTimeZone(zone))
    findings.push(`timeZone: "${zone}" is not a time zone like America/New_York`);
  if (findings.length > 0) throw new WorldError(findings);
  return { ...parsed.data, steps };
}

function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** The key `why` is a remark and may stand anywhere. */
function withoutWhy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutWhy);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== 'why')
      .map(([key, inner]) => [key, withoutWhy(inner)]),
  );
}

/** Of a step that fits no form, the findings of the form that it comes closest to. */
function stepFindings(error: z.ZodError, path: string, kind: string): string[] {
  const union = error.issues.find((issue) => issue.code === 'invalid_union');
  if (union?.code !== 'invalid_union') return findingsOf(error, path);
  const wrongKind = (issues: readonly z.core.$ZodIssue[]) => issues.some((issue) => issue.path[0] === 'do');
  const forms = union.errors.filter((issues) => !wrongKind(issues));
  const closest = [...forms].sort((a, b) => a.length - b.length)[0];
  if (!closest) return [`${path}: not a step "${kind}" as the format describes it`];
  return closest.map((issue) => `${pathText(issue.path, path)}: ${issue.message}`);
}

function findingsOf(error: z.ZodError, path: string): string[] {
  return error.issues.flatMap((issue) => {
    if (issue.code === 'invalid_union') {
      const closest = [...issue.errors].sort((a, b) => a.length - b.length)[0] ?? [];
      const inner = closest.map((found) => `${pathText([...issue.path, ...found.path], path)}: ${found.message}`);
      return inner.length > 0 ? inner : [`${pathText(issue.path, path)}: ${issue.message}`];
    }
    return [`${pathText(issue.path, path)}: ${issue.message}`];
  });
}

function pathText(path: readonly PropertyKey[], start: string): string {
  let text = start;
  for (const part of path) text += typeof part === 'number' ? `[${part}]` : `${text === '' ? '' : '.'}${String(part)}`;
  return text === '' ? 'the file' : text;
}
