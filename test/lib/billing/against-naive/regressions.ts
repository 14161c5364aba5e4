/** Seeds at which the two engines once differed, by kind of life; they are lived again in every run. */
export const REGRESSIONS: Readonly<Record<string, readonly number[]>> = {
  'late, changed, moved and vanished rows': [14, 20, 154, 308, 571, 689, 1000, 1183, 1767, 2379, 2433, 2591],
  'terms edited between months': [913, 1278, 1392],
  'voided invoices': [20238, 20377, 20687, 21889, 31, 106, 302, 987, 1076],
  'everything at once': [
    21252, 22608, 42952, 25, 48, 239, 1454, 1663, 2007, 2258, 2334, 2382, 2890, 3127, 4409, 4764, 5832,
  ],
  'odd corners': [14, 21, 23, 39, 65, 31586, 31761, 42142],
  'periods run backwards': [55, 133, 138, 235, 251],
};
