import * as z from 'zod/mini';
import type { Strikes } from '../../matching/ask.ts';

/** Where the match step goes on. What is left to ask shows in the tabs; this only counts. */
export interface MatchCursor {
  /** Waves asked so far. */
  readonly waves: number;
  readonly strikes: Strikes;
}

/** As the job keeps it: the number of waves, and strikes only where there are some. */
export function writeCursor({ waves, strikes }: MatchCursor): string {
  return strikes.size === 0 ? String(waves) : JSON.stringify({ waves, strikes: Object.fromEntries(strikes) });
}

export function readCursor(cursor: string | null): MatchCursor {
  const waves = Number(cursor ?? 0);
  if (!Number.isNaN(waves)) return { waves, strikes: new Map() };
  const read = stored.safeParse(parsed(cursor ?? ''));
  return read.success
    ? { waves: read.data.waves, strikes: new Map(Object.entries(read.data.strikes)) }
    : { waves: 0, strikes: new Map() };
}

const stored = z.object({ waves: z.number(), strikes: z.record(z.string(), z.number()) });

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
