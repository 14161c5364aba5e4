/** What the page asks for: the book, a part of a tab, and everything that a person does in the grid and the menu. */
import type { CellView } from '../host/host.ts';
import type { Session } from '../world/session.ts';

type Body = Readonly<Record<string, unknown>>;
type Done = { readonly error: string | null };

/** Answers one request as JSON; null where there is no such request. */
export function pageApi(session: Session): (method: string, url: URL, body: Body) => Promise<unknown> {
  const { host } = session;
  return async (method, url, body) => {
    switch (`${method} ${url.pathname}`) {
      case 'GET /api/book':
        return bookOf(session);
      case 'GET /api/grid':
        return gridOf(session, url.searchParams);
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

function bookOf(session: Session) {
  const { host } = session;
  const toast = host.screen.toasts.at(-1);
  const alert = host.screen.alerts.at(-1);
  return {
    title: 'Time to Invoice',
    tabs: host.workbook
      .sheets()
      .map((sheet) => ({ name: sheet.name, hidden: sheet.hidden, color: sheet.tabColor ?? '' })),
    menu: menuOf(session),
    sidebar: host.screen.sidebar ? { title: host.screen.sidebar.title } : null,
    version: host.workbook.version(),
    toast: toast?.message ?? alert?.message ?? '',
    mails: host.mails.map(({ to, subject }) => ({ to, subject })),
    now: new Date(host.clock.now()).toLocaleString('en-US', { dateStyle: 'medium', timeStyle: 'short' }),
  };
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

/** Some empty rows below the data, as in any spreadsheet. */
const SPARE_ROWS = 40;

function gridOf(session: Session, asked: URLSearchParams) {
  const tab = asked.get('tab') ?? '';
  const fromRow = Math.max(1, Number(asked.get('from')) || 1);
  const rows = Math.min(500, Math.max(1, Number(asked.get('rows')) || 100));
  const view = session.host.workbook.view(tab, fromRow, fromRow + rows - 1);
  return {
    tab,
    rowCount: Math.min(view.maxRows, view.rows + SPARE_ROWS),
    columnCount: view.columns,
    frozenRows: view.frozenRows,
    widths: view.widths,
    fromRow,
    cells: view.cells.map((line) => line.map(cellOf)),
  };
}

function cellOf(cell: CellView) {
  return {
    text: cell.text,
    edit: cell.formula === '' ? String(cell.value) : cell.formula,
    note: cell.note,
    background: cell.background,
    color: cell.color,
    bold: cell.bold,
    right: cell.align === 'right' || (cell.align === '' && (typeof cell.value === 'number' || isDay(cell.value))),
    guarded: cell.protected !== '',
    choices: cell.choices,
  };
}

function isDay(value: CellView['value']): boolean {
  return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}(T|$)/.test(value);
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
