/** How certain a statement about the error rate is: it is wrong in at most one case of twenty. */
export const CERTAINTY = 0.95;

/**
 * The highest error rate that is still compatible with what was found: the exact one-sided bound of Clopper and Pearson (Biometrika
 * 26, 1934). With a certainty of 95 % the true rate is below it.
 * @param wrong how many of the checked rows were wrong
 * @returns a share from 0 to 1; 1 where nothing was checked
 */
export function upperBound(wrong: number, checked: number, certainty: number = CERTAINTY): number {
  if (checked <= 0 || wrong >= checked) return 1;
  let low = 0;
  let high = 1;
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (atMost(wrong, checked, middle) > 1 - certainty) low = middle;
    else high = middle;
  }
  return high;
}

/** So few were wrong that the rate is proven to be at most the target, with that certainty. */
export function proves(wrong: number, checked: number, target: number, certainty: number = CERTAINTY): boolean {
  return checked > 0 && atMost(wrong, checked, target) <= 1 - certainty;
}

/** So many were wrong that the rate is proven to be over the target, with that certainty. */
export function speaksAgainst(wrong: number, checked: number, target: number, certainty: number = CERTAINTY): boolean {
  return wrong > 0 && 1 - atMost(wrong - 1, checked, target) <= 1 - certainty;
}

/** How many more have to be checked, none of them wrong, until the target is proven; 0: it is. */
export function moreToProve(wrong: number, checked: number, target: number): number {
  if (proves(wrong, checked, target)) return 0;
  let few = 0;
  let enough = 1;
  while (!proves(wrong, checked + enough, target)) {
    few = enough;
    enough *= 2;
  }
  while (enough - few > 1) {
    const middle = Math.floor((few + enough) / 2);
    if (proves(wrong, checked + middle, target)) enough = middle;
    else few = middle;
  }
  return enough;
}

/** The chance of at most `wrong` in `checked` when each is wrong with chance `rate`: the sum of the binomial's first terms, in logarithms. */
function atMost(wrong: number, checked: number, rate: number): number {
  if (wrong >= checked) return 1;
  if (rate <= 0) return 1;
  if (rate >= 1) return 0;
  const odds = Math.log(rate) - Math.log1p(-rate);
  let term = checked * Math.log1p(-rate);
  let sum = term;
  for (let count = 1; count <= wrong; count++) {
    term += Math.log((checked - count + 1) / count) + odds;
    const [less, more] = term < sum ? [term, sum] : [sum, term];
    sum = more + Math.log1p(Math.exp(less - more));
  }
  return Math.min(1, Math.exp(sum));
}
