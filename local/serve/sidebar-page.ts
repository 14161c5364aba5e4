/** The sidebar's real page with what Google puts under it: `google.script.run`. */
import type { Session } from '../world/session.ts';

/**
 * Runs in the page before the add-on's script. Takes what Google takes (no dates, functions or elements), ten calls at once, and
 * hands errors to the failure handler as an Error with a message only.
 */
const RUNNER = String.raw`
(function () {
  var running = 0, waiting = [];
  function next() {
    if (running >= 10 || waiting.length === 0) return;
    running += 1;
    var call = waiting.shift();
    fetch('/run', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ run: call.run, args: call.args }) })
      .then(function (answer) { return answer.json(); })
      .then(function (answer) {
        if (answer.error === null) { if (call.success) call.success(answer.value); }
        else if (call.failure) call.failure(new Error(answer.error));
      }, function () { if (call.failure) call.failure(new Error('NetworkError: the local server does not answer.')); })
      .finally(function () { running -= 1; next(); });
  }
  function refuse(value) {
    if (value instanceof Date || typeof value === 'function' || value instanceof Node) throw new TypeError('Failed due to illegal value in property.');
    if (value !== null && typeof value === 'object') Object.keys(value).forEach(function (key) { refuse(value[key]); });
  }
  function runner(success, failure) {
    return new Proxy({}, { get: function (_, name) {
      if (name === 'withSuccessHandler') return function (handler) { return runner(handler, failure); };
      if (name === 'withFailureHandler') return function (handler) { return runner(success, handler); };
      return function () {
        var args = Array.prototype.slice.call(arguments);
        args.forEach(refuse);
        waiting.push({ run: String(name), args: args, success: success, failure: failure });
        next();
      };
    } });
  }
  // Links to Intuit lead to what stands in for it here; all others stay as they are.
  document.addEventListener('click', function (press) {
    var link = press.target.closest && press.target.closest('a[href]');
    if (!link) return;
    if (link.href.indexOf('https://appcenter.intuit.com/') === 0) link.href = '/consent?to=' + encodeURIComponent(link.href);
    else if (/^https:\/\/app\.(sandbox\.)?qbo\.intuit\.com\//.test(link.href)) link.href = '/quickbooks?to=' + encodeURIComponent(link.href);
  }, true);
  window.google = { script: { run: runner(null, null), host: { close: function () {} } } };
})();`;

/** The sidebar page as it is served into the frame. */
export function sidebarPage(html: string): string {
  if (html === '') return '<!DOCTYPE html><p>The sidebar is closed. Open it from the menu Time to Invoice.</p>';
  return html.replace('<head>', () => `<head><script>${RUNNER}</script>`);
}

/** Carries out one call of `google.script.run`. */
export async function runSidebarCall(
  session: Session,
  body: Readonly<Record<string, unknown>>,
): Promise<{ readonly value: unknown; readonly error: string | null }> {
  const { run, args } = body;
  if (typeof run !== 'string' || !Array.isArray(args)) return { value: null, error: 'Not a call.' };
  try {
    const execution = await session.host.invoke(run, args, { as: 'sidebar' });
    session.takeExecutions();
    if (execution.ok) return { value: execution.value ?? null, error: null };
    return { value: null, error: execution.error?.message ?? 'The execution was stopped.' };
  } catch (error) {
    return { value: null, error: error instanceof Error ? error.message : String(error) };
  }
}
