/** What keeps a row from being accepted without a person, in the order in which the cell lists them. */
export const BLOCKING_FLAGS = [
  'no candidate',
  'no line fits',
  'models disagree',
  'low confidence',
  'not answered',
  'SOW text cut',
  'no rate',
  'project not in SOW',
  'marked not billable',
  'note too vague',
  'long entry',
  'negative hours',
  'possible duplicate',
  'instruction-like text',
  'to check',
] as const;

/** What a person should know, and what holds nothing up. */
export const INFORMATIONAL_FLAGS = ['late', 'near a cap', 'changed after invoicing', 'audit sample'] as const;

export type Flag = (typeof BLOCKING_FLAGS)[number] | (typeof INFORMATIONAL_FLAGS)[number];

/**
 * Flags that matching works out anew each time; all others in the cell are left as they stand. `no rate` is among them because it
 * belongs to the line chosen before: drafting sets it again where it still holds.
 */
const OWN_FLAGS: ReadonlySet<string> = new Set<string>([...BLOCKING_FLAGS, 'late']);

/** The flags in a cell; empty for an empty cell. */
export function readFlags(cell: string): readonly string[] {
  return cell
    .split(',')
    .map((flag) => flag.trim())
    .filter((flag) => flag !== '');
}

/** As a cell: each once, comma separated, blocking ones first. */
export function writeFlags(flags: readonly string[]): string {
  const rank = (flag: string): number => {
    const at = ALL_FLAGS.indexOf(flag);
    return at < 0 ? ALL_FLAGS.length : at;
  };
  return [...new Set(flags)].sort((a, b) => rank(a) - rank(b)).join(', ');
}

export function isBlocking(flag: string): boolean {
  return (BLOCKING_FLAGS as readonly string[]).includes(flag);
}

/** The flags of a row that are not matching's to judge. */
export function foreignFlags(cell: string): readonly string[] {
  return readFlags(cell).filter((flag) => !OWN_FLAGS.has(flag));
}

/**
 * What is left of a cell once a person has decided: what they should still know. Only now it shows that a row to check was one of the
 * audit sample.
 */
export function withoutBlocking(cell: string): string {
  const flags = readFlags(cell);
  const left = flags.filter((flag) => !isBlocking(flag));
  return writeFlags(flags.includes(TO_CHECK) ? [...left, 'audit sample'] : left);
}

/** A row of the audit sample that waits: it says no more than that somebody should look, so that they decide without bias. */
export const TO_CHECK = 'to check';

const ALL_FLAGS: readonly string[] = [...BLOCKING_FLAGS, ...INFORMATIONAL_FLAGS];
