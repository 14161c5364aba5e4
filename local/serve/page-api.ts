/** What the page asks for: the book, a part of a tab, and everything that a person does in the grid and the menu. */
import type { Session } from '../world/session.ts';
import { gridOf } from './grid-of.ts';

type Body = Readonly<Record<string, unknown>>;
type Done = { readonly error: string | null };

/** Answers one request as JSON; null where there is no such request. */
export function pageApi(session: Session, title: string): (method: string, url: URL, body: Body) => Promise<unknown> {
  const { host } = session;
  return async (method, url, body) => {
    switch (`${method} ${url.pathname}`) {
      case 'GET /api/book':
        return bookOf(session, title);
      case 'GET /api/grid':
        return gridOf(
          host.workbook,
          url.searchParams.get('tab') ?? '',
          Number(url.searchParams.get('from')) || 1,
          Number(url.searchParams.get('rows')) || 100,
        );
      case 'POST /api/type':
        return done(() =>
          host.workbook.typeInCell(text(body['tab']), number(body['row']), number(body['column']), text(body['text'])),
        );
      case 'POST /api/sort':
        return done(() => {
          const header = host.workbook.view(text(body['tab']), 1, 1).cells[0]?.[number(body['column']) - 1]?.text ?? '';
          host.workbook.sort(text(body['tab']), header, body['ascending'] !== false);
        });
      case 'POST /api/menu':
        return menu(session, text(body['run']));
      case 'POST /api/close-sidebar':
        host.screen.sidebar = null;
        return { error: null };
      default:
        return null;
    }
  };
}

/** Only what the add-on put into its menu can be run from it. */
async function menu(session: Session, run: string): Promise<Done> {
  const known = menuOf(session)?.items.some((item) => item.run === run) ?? false;
  if (!known) return { error: `The menu has no entry for ${run}.` };
  const error = await session.invoke(run, 'menu');
  session.takeExecutions();
  return { error };
}

function bookOf(session: Session, title: string) {
  const { host } = session;
  return {
    title,
    tabs: host.workbook.sheets().map((sheet) => ({
      name: sheet.name,
      hidden: sheet.hidden,
      color: sheet.tabColor ?? '',
      empty: sheet.rows === 0,
    })),
    menu: menuOf(session),
    sidebar: host.screen.sidebar ? { title: host.screen.sidebar.title } : null,
    version: host.workbook.version(),
    toasts: lastOf(host.screen.toasts),
    alerts: lastOf(host.screen.alerts),
    mails: host.mails.map(({ to, subject, body }) => ({ to, subject, body })),
    now: new Date(host.clock.now()).toLocaleString('en-US', {
      dateStyle: 'medium',
      timeStyle: 'short',
      timeZone: session.timeZone,
    }),
  };
}

function lastOf(messages: readonly { readonly message: string }[]) {
  return { number: messages.length, text: messages.at(-1)?.message ?? '' };
}

interface MenuState {
  readonly label: string;
  readonly items: readonly { readonly label: string; readonly functionName?: string }[];
}

function menuOf(session: Session) {
  const found = session.host.screen.menus[0] as MenuState | undefined;
  if (!found) return null;
  return {
    title: found.label,
    items: found.items.map((item) => ({ label: item.label, run: item.functionName ?? '' })),
  };
}

async function done(work: () => unknown): Promise<Done> {
  try {
    await work();
    return { error: null };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function number(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}
