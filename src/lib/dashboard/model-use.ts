import { PRICES_AS_OF } from '../prices.ts';
import type { DashboardFacts } from './facts.ts';
import { type DashboardRow, section } from './grid.ts';

/** What the models read, wrote and cost in the last run of the month that asked them. */
export function modelUse(facts: DashboardFacts): readonly DashboardRow[] {
  const asked = facts.runs.filter((run) => run.period === facts.period && (run.claudeRequests ?? 0) > 0);
  const last = [...asked].sort((a, b) => (b.started ?? 0) - (a.started ?? 0))[0];
  return section(
    'What the models cost',
    [
      { header: 'Requests', format: 'count' },
      { header: 'Tokens read', format: 'count' },
      { header: 'Read from the cache', format: 'count' },
      { header: 'Tokens written', format: 'count' },
      { header: 'Cost USD', format: 'money' },
      { header: 'Prices', format: 'text' },
    ],
    last === undefined
      ? []
      : [
          [
            last.claudeRequests ?? 0,
            (last.inputTokens ?? 0) + (last.cachedTokens ?? 0),
            last.cachedTokens ?? 0,
            last.outputTokens ?? 0,
            last.costUsd ?? 0,
            `Anthropic's list prices of ${PRICES_AS_OF}`,
          ],
        ],
    { empty: 'No run of this month has asked the models yet.' },
  );
}
