import type { Running } from '../types.ts';

/** Who holds which lock. */
export interface LockBook {
  readonly holder: (lock: string) => Running | undefined;
  /** Takes a lock that is free or already one's own. */
  readonly take: (lock: string, run: Running) => boolean;
  readonly release: (lock: string, run: Running) => void;
  readonly releaseAll: (run: Running) => void;
}

/** All locks free. */
export function lockBook(): LockBook {
  const holders = new Map<string, Running>();
  return {
    holder: (lock) => holders.get(lock),
    take(lock, run) {
      const holder = holders.get(lock);
      if (holder !== undefined && holder !== run) return false;
      holders.set(lock, run);
      return true;
    },
    release(lock, run) {
      if (holders.get(lock) === run) holders.delete(lock);
    },
    releaseAll(run) {
      for (const [lock, holder] of holders) if (holder === run) holders.delete(lock);
    },
  };
}
