import { foldName } from '../workbook/cell.ts';
import { type Audit, type AuditedState, auditOutcome } from './audit.ts';
import { fingerprint } from './fingerprint.ts';
import type { MatchLine, MatchSow, SecondOpinionOn } from './model.ts';
import { PROMPT_VERSION } from './prompt.ts';
import type { AuditedRow } from './threshold.ts';

/** What has to be the same for checked rows of different months to speak for each other. */
export interface InForce {
  /** As `modelsMark` writes it. */
  readonly models: string;
  /** Mark of a client's lines and SOW texts as they are now. */
  readonly linesOf: (client: string) => string;
}

/** A drawn row with what has become of it. */
export interface DrawnRow {
  readonly audit: Audit;
  /** Null: it is no longer there. */
  readonly row: AuditedState | null;
  /** What it was split into. */
  readonly parts: readonly AuditedState[];
}

/**
 * Pools the checked rows of all months. A row counts as long as its answer could be given today: by the same models and prompt, about
 * the same lines. Editing the lines of one client takes that client's rows out, no others.
 */
export function pooled(drawn: readonly DrawnRow[], inForce: InForce): readonly AuditedRow[] {
  return drawn.flatMap(({ audit, row, parts }) => {
    if (audit.models !== inForce.models || audit.lines !== inForce.linesOf(audit.client)) return [];
    const outcome = auditOutcome(audit, row, parts);
    if (outcome !== 'right' && outcome !== 'wrong') return [];
    return [{ score: audit.score, wrong: outcome === 'wrong', stands: audit.stands }];
  });
}

/** Names who answers, and how: both models, when the second is asked, and the version of the prompt. */
export function modelsMark(first: string, second: string, secondOpinionOn: SecondOpinionOn): string {
  const asked = secondOpinionOn === 'off' || second === first ? 'alone' : `and ${second} on ${secondOpinionOn}`;
  return `${first} ${asked}, prompt ${PROMPT_VERSION}`;
}

/**
 * Marks the wording of a client's lines and SOW texts, as the models read them. Days are left out, and so is whether a SOW is still
 * active: a SOW that has ended was judged as those are that go on.
 */
export function linesMarks(
  sows: readonly MatchSow[],
  lines: readonly MatchLine[],
  sowTextMark: (sow: string) => string,
): (client: string) => string {
  const linesOf = new Map<string, string[][]>();
  for (const { sow, line, title, description, billing } of lines) {
    const key = foldName(sow);
    linesOf.set(key, [...(linesOf.get(key) ?? []), [line, title, description, billing]]);
  }
  const known = new Map<string, string>();
  return (client) => {
    const name = foldName(client);
    const before = known.get(name);
    if (before !== undefined) return before;
    const content = sows
      .filter((sow) => foldName(sow.client) === name)
      .map(({ sow, title }) => [sow, title, sowTextMark(sow), ...(linesOf.get(foldName(sow)) ?? [])]);
    const mark = fingerprint(JSON.stringify(content));
    known.set(name, mark);
    return mark;
  };
}
