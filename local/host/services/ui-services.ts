import { Refusal } from '../refusal.ts';
import type { Alert, Service, Site } from '../types.ts';
import { objectArg, textArg } from './arguments.ts';
import { needScope } from './scopes.ts';
import { settle } from './writes.ts';

/** Menus, alerts and the sidebar. */
export const uiServices: Readonly<Record<string, Service>> = {
  'ui.get': (_site, run) => {
    if (run.as === 'trigger' || run.as === 'callback') {
      throw new Refusal('Cannot call SpreadsheetApp.getUi() from this context.');
    }
    return {};
  },
  'ui.addMenu': (site, _run, args) => {
    const menu = objectArg(args, 0);
    const label = String(menu['label']) || site.book.name;
    const others = site.screen.menus.filter((each) => (each as { label: string }).label !== label);
    site.screen.menus = [...others, { ...menu, label }];
    return {};
  },
  'ui.alert': async (site, run, args) => {
    needScope(site, run, ['script.container.ui'], 'Ui.alert');
    settle(run);
    const alert: Alert = { title: textArg(args, 0), message: textArg(args, 1), buttons: textArg(args, 2) };
    site.screen.alerts.push(alert);
    return { v: await answerOf(site, alert) };
  },
  'ui.showSidebar': (site, run, args) => {
    needScope(site, run, ['script.container.ui'], 'Ui.showSidebar');
    site.screen.sidebar = { title: textArg(args, 0), html: textArg(args, 1) };
    return {};
  },
  'ui.showDialog': (site, run, args) => {
    needScope(site, run, ['script.container.ui'], 'Ui.showModalDialog');
    site.screen.dialog = { title: textArg(args, 0), html: textArg(args, 1) };
    return {};
  },
  'html.file': (site, _run, args) => {
    const name = textArg(args, 0);
    if (name !== 'sidebar' && name !== 'sidebar.html') throw new Refusal(`No HTML file named ${name} was found.`);
    return { v: site.options.bundle.sidebarHtml };
  },
};

async function answerOf(site: Site, alert: Alert): Promise<string> {
  if (site.options.onAlert) return await site.options.onAlert(alert);
  return alert.buttons.startsWith('YES') ? 'YES' : 'OK';
}
