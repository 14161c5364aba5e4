import type { ClaudeClient } from '../clients/claude-model.ts';
import type { HarvestClient } from '../clients/harvest-model.ts';
import type { QuickBooksClient } from '../clients/quickbooks-model.ts';

/** Reads who the token belongs to and which firm. Says so when the person will not see everyone's time. */
export function testHarvest(client: HarvestClient): string {
  const me = client.me();
  const company = client.companyName();
  const who = company === null ? me.name : `${company} (${me.name})`;
  return me.administrator
    ? `Reached ${who}, administrator: everyone's time can be read.`
    : `Reached ${who}, not an administrator: Harvest will leave out other people's time. Use the token of an administrator.`;
}

/** Reads which models the key may use. */
export function testClaude(client: ClaudeClient): string {
  const models = client.models();
  if (models.length === 0) return 'Reached Claude, but this key may use no model.';
  const shown = models.slice(0, 3).join(', ');
  return `Reached Claude: ${models.length} models, among them ${shown}.`;
}

/** Reads the name of the company. */
export function testQuickBooks(client: QuickBooksClient): string {
  const company = client.companyInfo();
  const sandbox = client.environment === 'sandbox' ? ' (sandbox)' : '';
  return `Reached ${company.name}${sandbox}.`;
}
