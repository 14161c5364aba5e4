import type { Running } from '../types.ts';

/** Keeps a write back until this execution flushes, reads or ends: until then no one else sees it, as at Google. */
export function later(run: Running, write: () => void): void {
  run.pending.push(write);
}

/** Carries out the writes that were kept back. When some are refused, the others still happen and the first refusal is thrown. */
export function settle(run: Running): void {
  if (run.pending.length === 0) return;
  const writes = run.pending;
  run.pending = [];
  let failed: { error: unknown } | undefined;
  for (const write of writes) {
    try {
      write();
    } catch (error) {
      failed ??= { error };
    }
  }
  if (failed) throw failed.error;
}

/**
 * What a killed execution leaves of its unflushed writes: `applied` all, `lost` none, `half` the first half of them (rounded
 * down), because Google promises nothing about them.
 */
export function abandon(run: Running, unflushed: 'applied' | 'lost' | 'half'): void {
  const kept =
    unflushed === 'applied' ? run.pending.length : unflushed === 'lost' ? 0 : Math.floor(run.pending.length / 2);
  run.pending = run.pending.slice(0, kept);
  try {
    settle(run);
  } catch {
    // A write that would have been refused has nobody left to be told.
  }
}
