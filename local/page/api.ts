/** The page's calls to the local server. */
import type { Book, Done, Grid } from './protocol.ts';

export const api = {
  book: () => get<Book>('/api/book'),
  grid: (tab: string, fromRow: number, rows: number) =>
    get<Grid>(`/api/grid?tab=${encodeURIComponent(tab)}&from=${fromRow}&rows=${rows}`),
  type: (tab: string, row: number, column: number, text: string) => post<Done>('/api/type', { tab, row, column, text }),
  sort: (tab: string, column: number, ascending: boolean) => post<Done>('/api/sort', { tab, column, ascending }),
  menu: (run: string) => post<Done>('/api/menu', { run }),
  closeSidebar: () => post<Done>('/api/close-sidebar', {}),
};

async function get<T>(path: string): Promise<T> {
  return read<T>(await fetch(path));
}

async function post<T>(path: string, body: unknown): Promise<T> {
  return read<T>(
    await fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  );
}

async function read<T>(answer: Response): Promise<T> {
  if (!answer.ok) throw new Error(`The local server answered ${answer.status}.`);
  return (await answer.json()) as T;
}
