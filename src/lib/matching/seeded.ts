import { fingerprint } from './fingerprint.ts';

/** Numbers from 0 to under 1 that look random and are the same for the same seed, on every machine (Mulberry32). */
export function seededNumbers(seed: string): () => number {
  const { imul } = Math;
  let state = Number.parseInt(fingerprint(seed).slice(0, 8), 16);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    const once = imul(state ^ (state >>> 15), state | 1);
    const twice = once ^ (once + imul(once ^ (once >>> 7), once | 61));
    return ((twice ^ (twice >>> 14)) >>> 0) / 4_294_967_296;
  };
}
