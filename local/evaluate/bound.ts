/**
 * Under what an error rate lies with the given confidence, after `wrong` errors in `rows` independent rows: the exact one-sided upper
 * bound of Clopper and Pearson, that is the rate at which so few errors would still happen with the probability 1 - confidence.
 * 1 where nothing was seen.
 */
export function errorBound(wrong: number, rows: number, confidence = 0.95): number {
  if (wrong >= rows) return 1;
  let low = wrong / rows;
  let high = 1;
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2;
    if (atMost(wrong, rows, middle) > 1 - confidence) low = middle;
    else high = middle;
  }
  return high;
}

/** The probability of at most `wrong` errors in `rows` at this rate, summed in logarithms so that small terms are not lost. */
function atMost(wrong: number, rows: number, rate: number): number {
  if (rate >= 1) return 0;
  const odds = Math.log(rate) - Math.log1p(-rate);
  let term = rows * Math.log1p(-rate);
  let sum = Math.exp(term);
  for (let errors = 1; errors <= wrong; errors += 1) {
    term += Math.log((rows - errors + 1) / errors) + odds;
    sum += Math.exp(term);
  }
  return sum;
}
