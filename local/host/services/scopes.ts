import { Refusal } from '../refusal.ts';
import type { Site } from '../types.ts';

const PREFIX = 'https://www.googleapis.com/auth/';

/** Refuses a call when the manifest lists none of the scopes that allow it. */
export function needScope(site: Site, scopes: readonly string[], member: string): void {
  const granted = site.options.bundle.manifest.oauthScopes;
  // Without a list of scopes Google finds out by itself what a script needs.
  if (granted === undefined) return;
  if (scopes.some((scope) => granted.includes(PREFIX + scope))) return;
  throw new Refusal(
    `Specified permissions are not sufficient to call ${member}. Required permissions: ${scopes.map((scope) => PREFIX + scope).join(' || ')}`,
  );
}
