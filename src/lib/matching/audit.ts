import * as z from 'zod/mini';
import { foldName } from '../workbook/cell.ts';

/**
 * The record that a row was drawn for checking, kept in Entry records: what the models had answered then. What the person made of it is
 * not kept here; it is read off the row itself, so that a decision by hand or a later change of mind counts all the same.
 */
export interface Audit {
  /** The month whose sample it belongs to, `YYYY-MM`. */
  readonly period: string;
  readonly client: string;
  /** Key of the line that the models chose. */
  readonly line: string;
  /** Their score, 0 to 1. */
  readonly score: number;
  /** Who answered what: models, how the second is asked, version of the prompt. */
  readonly models: string;
  /** Mark of the client's lines and SOW texts at that time. */
  readonly lines: string;
  /** For how many rows of mean hours it stands, where it was drawn for certain; left out: 1. */
  readonly stands?: number | undefined;
  /** The right line, where it is known from elsewhere (the past as it was billed); empty: not billed. */
  readonly answer?: string | undefined;
}

const audit = z.object({
  period: z.string(),
  client: z.string(),
  line: z.string(),
  score: z.number(),
  models: z.string(),
  lines: z.string(),
  stands: z.optional(z.number()),
  answer: z.optional(z.string()),
});

/** As kept in column Audit. */
export function writeAudit(drawn: Audit): string {
  return JSON.stringify(drawn);
}

/** Reads column Audit; null where the row was not drawn, or the cell was tampered with. */
export function readAudit(cell: string): Audit | null {
  if (!cell.startsWith('{')) return null;
  try {
    const read = z.safeParse(audit, JSON.parse(cell));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}

/** A row as it stands now. */
export interface AuditedState {
  readonly status: string;
  readonly sowLine: string;
  readonly decidedBy: string;
}

/** `pending`: nobody has decided yet. `void`: the row is gone, or the product took it out itself; it says nothing. */
export type AuditOutcome = 'right' | 'wrong' | 'pending' | 'void';

/**
 * What a person made of a drawn row. Right only where they left the line as the models had it; excluded, moved or split between lines
 * is wrong.
 * @param row null: it is not there (any more)
 * @param parts what it was split into
 */
export function auditOutcome(drawn: Audit, row: AuditedState | null, parts: readonly AuditedState[]): AuditOutcome {
  const agrees = (line: string): boolean => foldName(line) === foldName(drawn.line);
  if (drawn.answer !== undefined) return agrees(drawn.answer) ? 'right' : 'wrong';
  if (row === null) {
    if (parts.length === 0) return 'void';
    return parts.every((part) => agrees(part.sowLine)) ? 'right' : 'wrong';
  }
  if (row.status === 'excluded') return row.decidedBy === '' ? 'void' : 'wrong';
  if ((row.status === 'approved' || row.status === 'invoiced') && row.decidedBy !== '')
    return agrees(row.sowLine) ? 'right' : 'wrong';
  return row.status === 'invoiced' ? 'void' : 'pending';
}
