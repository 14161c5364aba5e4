import { Refusal } from '../refusal.ts';
import type { Running, Site } from '../types.ts';

const PREFIX = 'https://www.googleapis.com/auth/';

/** What a simple trigger may still do: its own spreadsheet, and ask who is there. */
const LIMITED = ['spreadsheets.currentonly', 'spreadsheets', 'userinfo.email'];

/** Refuses a call when the manifest lists none of the scopes that allow it, or a simple trigger asks for more than it may. */
export function needScope(site: Site, run: Running, scopes: readonly string[], member: string): void {
  const granted = site.options.bundle.manifest.oauthScopes;
  // Without a list of scopes Google finds out by itself what a script needs.
  const limited = run.authMode === 'LIMITED' && !scopes.some((scope) => LIMITED.includes(scope));
  if (granted === undefined && !limited) return;
  if (!limited && scopes.some((scope) => granted?.includes(PREFIX + scope))) return;
  throw new Refusal(
    `Specified permissions are not sufficient to call ${member}. Required permissions: ${scopes.map((scope) => PREFIX + scope).join(' || ')}`,
  );
}
