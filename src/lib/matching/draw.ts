/**
 * The rate at which rows have to be taken, each with a chance of its weight times the rate but never over 1, so that `expected` are
 * taken on average. `Infinity` where all must be taken.
 */
export function rateFor(weights: readonly number[], expected: number): number {
  const heavyFirst = weights.filter((weight) => weight > 0).sort((a, b) => b - a);
  if (expected >= heavyFirst.length) return Number.POSITIVE_INFINITY;
  let left = heavyFirst.reduce((sum, weight) => sum + weight, 0);
  // The heaviest are taken for certain as long as their chance would be over 1; the others share the rest.
  for (const [certain, weight] of heavyFirst.entries()) {
    const rate = (expected - certain) / left;
    if (rate * weight <= 1) return rate;
    left -= weight;
  }
  return Number.POSITIVE_INFINITY;
}

/** The chance of a row of this weight at this rate. */
export function chanceOf(weight: number, rate: number): number {
  return weight > 0 ? Math.min(1, weight * rate) : 0;
}

/**
 * Takes each row with exactly its chance, and as many in all as the chances add up to (rounded up or down). The pivotal method
 * (Deville and Tillé, Biometrika 85, 1998): two rows at a time settle between them which one goes on.
 *
 * Why this one: rows taken so are never more alike than rows taken independently (it is strongly Rayleigh: Brändén and Jonasson,
 * "Negative dependence in sampling", 2012). So the number of wrong ones among them is distributed as a sum of independent draws, and the
 * binomial bound on it is safe.
 *
 * @param chances 0 to 1, in an order that has nothing to do with the answer
 */
export function drawByChance(chances: readonly number[], random: () => number): readonly boolean[] {
  const left = chances.map(settled);
  let open = -1;
  for (let next = 0; next < left.length; next++) {
    const b = left[next] ?? 0;
    if (b === 0 || b === 1) continue;
    if (open < 0) {
      open = next;
      continue;
    }
    const a = left[open] ?? 0;
    const [first, second] = fight(a, b, random());
    left[open] = first;
    left[next] = second;
    if (first !== 0 && first !== 1) continue;
    open = second !== 0 && second !== 1 ? next : -1;
  }
  return left.map((chance) => chance === 1 || (chance !== 0 && random() < chance));
}

function fight(a: number, b: number, random: number): readonly [number, number] {
  const sum = settled(a + b);
  if (sum <= 1) return random < a / sum ? [sum, 0] : [0, sum];
  const rest = settled(sum - 1);
  return random < (1 - b) / (2 - sum) ? [1, rest] : [rest, 1];
}

/** Without the traces that sums of decimals leave. */
function settled(chance: number): number {
  const near = Math.round(chance);
  return Math.abs(chance - near) < 1e-9 ? near : chance;
}
