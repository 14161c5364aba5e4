/** What stands in for Intuit's consent page when the sidebar's link is pressed here. */
import type { Session } from '../world/session.ts';

const INTUIT = 'https://appcenter.intuit.com/connect/oauth2?';

/** Addresses of the sidebar's links that are answered on this computer instead. */
export const CONSENT_PATH = '/consent';

/** The page that asks; `address` is where the link would have gone. */
export function consentPage(address: string): string {
  if (!address.startsWith(INTUIT)) return page('<p>This is not an address of Intuit&rsquo;s consent page.</p>');
  return page(`<h1>Connect to QuickBooks</h1>
<p>Intuit would ask you here to let <b>Time to Invoice</b> into your company. This copy works with a company made up for it,
so nothing is sent to Intuit.</p>
<p><button id="agree">Connect</button></p>
<script>
document.getElementById('agree').addEventListener('click', async () => {
  const to = new URLSearchParams(location.search).get('to');
  const answer = await fetch('${CONSENT_PATH}', {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ to }),
  });
  document.open(); document.write(await answer.text()); document.close();
});
</script>`);
}

/** Agrees at the simulated Intuit and lets the browser's return reach the script; gives the page that the script shows. */
export async function giveConsent(session: Session, address: unknown): Promise<string> {
  if (typeof address !== 'string' || !address.startsWith(INTUIT)) return consentPage('');
  const { pathname, search } = new URL(address);
  const answer = await fetch(`${session.quickbooks.url}${pathname}${search}`, { redirect: 'manual' });
  const back = answer.headers.get('location');
  if (!back) return page(`<h1>Refused</h1><p>${escaped(await answer.text())}</p>`);
  return (await session.host.completeOAuth(back)).html;
}

function page(body: string): string {
  return `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>QuickBooks</title><style>
body { font: 16px/1.5 Arial, sans-serif; margin: 48px auto; max-width: 560px; color: #202124 }
h1 { font-size: 22px; font-weight: normal }
button { font: inherit; padding: 8px 24px; border: 0; border-radius: 4px; background: #1a56b8; color: #fff; cursor: pointer }
</style></head><body>${body}</body></html>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
