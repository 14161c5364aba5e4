import Big from 'big.js';

/** Quantity times price, rounded to two decimals, halves away from zero. */
export function extended(quantity: number, price: number): number {
  return new Big(quantity).times(price).round(2, Big.roundHalfUp).toNumber();
}

/** A percentage of an amount, rounded to two decimals. */
export function share(amount: number, percent: number): number {
  return new Big(amount).times(percent).div(100).round(2, Big.roundHalfUp).toNumber();
}

export function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total.plus(amount), new Big(0)).toNumber();
}

export function minus(amount: number, taken: number): number {
  return new Big(amount).minus(taken).toNumber();
}

/** As error texts show a number: `1,000`. */
export function shown(amount: number): string {
  return new Intl.NumberFormat('en-US', { maximumFractionDigits: 5 }).format(amount);
}
