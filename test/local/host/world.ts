import { createHost, type Host, type HostOptions, type Manifest } from '../../../local/host/host.ts';

export const allScopes = [
  'spreadsheets.currentonly',
  'script.external_request',
  'script.container.ui',
  'script.scriptapp',
  'script.send_mail',
  'userinfo.email',
].map((scope) => `https://www.googleapis.com/auth/${scope}`);

/** A host around a small script written in a test. */
export function hostOf(
  code: string,
  options: Partial<Omit<HostOptions, 'bundle'>> & { manifest?: Manifest; sidebarHtml?: string } = {},
): Host {
  const { manifest, sidebarHtml = '<p>sidebar</p>', ...rest } = options;
  return createHost({
    bundle: {
      code,
      sidebarHtml,
      manifest: manifest ?? { timeZone: 'America/New_York', oauthScopes: allScopes },
    },
    timeZone: 'America/New_York',
    now: Date.parse('2026-11-01T06:00:00Z'),
    user: 'ops@firm.example',
    ...rest,
  });
}
