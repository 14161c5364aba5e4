import type { Engine } from './run/engine.ts';
import type { Execution, Site } from './types.ts';

/**
 * What Google does when the browser comes back to the script's callback address: checks the state token (known, in time, made by
 * the same person) and calls the function it names with the address's parameters and the token's own.
 */
export async function completeOAuth(
  site: Site,
  engine: Engine,
  address: string,
  user: string,
): Promise<{ html: string; execution?: Execution }> {
  const url = new URL(address);
  if (url.host !== 'script.google.com' || url.pathname !== `/macros/d/${site.scriptId}/usercallback`) {
    throw new Error(`This is not the callback address of the script: ${url.origin}${url.pathname}`);
  }
  const token = site.tokens.get(url.searchParams.get('state') ?? '');
  if (!token || token.user !== user || token.untilMs < site.clock.now()) {
    return { html: 'The state token is invalid or has expired. Please try again.' };
  }
  const parameters: Record<string, string[]> = {};
  for (const [name, value] of url.searchParams) {
    if (name !== 'state') parameters[name] = [...(parameters[name] ?? []), value];
  }
  for (const [name, value] of Object.entries(token.values)) parameters[name] = [value];
  const parameter = Object.fromEntries(Object.entries(parameters).map(([name, values]) => [name, values[0] ?? '']));
  const request = { parameter, parameters, queryString: url.search.slice(1), contextPath: '', contentLength: -1 };
  const execution = await engine.start({ functionName: token.method, args: [request], as: 'callback', user });
  if (!execution.ok) return { html: `Error: ${execution.error?.message ?? ''}`, execution };
  return { html: typeof execution.value === 'string' ? execution.value : '', execution };
}
