import Big from 'big.js';
import { type Minor, roundMoney } from '../money.ts';

/** Money times `days / daysOfMonth`, rounded to the currency half away from zero. */
export function proratedMoney(amount: Minor, days: number, daysOfMonth: number): Minor {
  return roundMoney(new Big(amount).times(days).div(daysOfMonth), 0);
}
