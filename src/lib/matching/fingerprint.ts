/**
 * A short mark of a text: the same text always has the same one, and two different texts practically never share one (64 bits).
 * For noticing change, not for secrets.
 */
export function fingerprint(text: string): string {
  // Looked up once: in a bare context each look at a global costs more than the sum itself.
  const { imul } = Math;
  let high = 0x243f6a88;
  let low = 0x85a308d3;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    high = imul(high ^ unit, 0x9e3779b1);
    low = imul(low ^ unit, 0x5bd1e995);
    high ^= low >>> 15;
    low ^= high >>> 13;
  }
  return hex(mix(high ^ text.length)) + hex(mix(low ^ high));
}

function mix(word: number): number {
  const once = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  const twice = Math.imul(once ^ (once >>> 13), 0xc2b2ae35);
  return twice ^ (twice >>> 16);
}

function hex(word: number): string {
  return (word >>> 0).toString(16).padStart(8, '0');
}
