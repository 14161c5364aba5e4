import { useCallback, useEffect, useState } from 'preact/hooks';
import { api } from '../api.ts';
import type { Book, Done } from '../protocol.ts';
import { GridView } from './GridView.tsx';
import { Menu } from './Menu.tsx';
import { SidebarFrame } from './SidebarFrame.tsx';
import { Tabs } from './Tabs.tsx';

const LOOK_EVERY_MS = 1_500;

/** The whole window. The chosen tab stands in the address, so a reload shows it again. */
export function Page() {
  const [book, setBook] = useState<Book | null>(null);
  const [tab, setTab] = useState(decodeURIComponent(location.hash.slice(1)));
  const [message, setMessage] = useState('');
  const [busy, setBusy] = useState('');

  const look = useCallback(async () => {
    try {
      setBook(await api.book());
    } catch {
      setMessage('The local server has stopped. Start it again with npm run demo.');
    }
  }, []);

  useEffect(() => {
    look();
    const timer = setInterval(look, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [look]);

  const chosen = book?.tabs.some((known) => known.name === tab)
    ? tab
    : (book?.tabs.find((known) => !known.hidden)?.name ?? '');
  const choose = (name: string) => {
    history.replaceState(null, '', `#${encodeURIComponent(name)}`);
    setTab(name);
  };

  /** Does something that takes its time, says what, and shows what came of it. */
  const carryOut = async (what: string, work: () => Promise<Done>) => {
    setBusy(what);
    setMessage('');
    try {
      const { error } = await work();
      if (error !== null) setMessage(error);
    } catch (error) {
      setMessage(error instanceof Error ? error.message : String(error));
    } finally {
      setBusy('');
      await look();
    }
  };

  if (!book) return <p class="loading">{message === '' ? 'Opening the spreadsheet\u2026' : message}</p>;
  return (
    <div class="window">
      <header class="bar">
        <h1>{book.title}</h1>
        <Menu menu={book.menu} onRun={(item) => carryOut(item.label, () => api.menu(item.run))} />
        <a class="download" href="/workbook.xlsx" download>
          Download .xlsx
        </a>
        <span class="clock" title="Only simulated time passes here">
          {book.now}
        </span>
      </header>
      <div class="says" aria-live="polite">
        {busy === '' ? null : <span class="busy">{busy}&hellip;</span>}
        {message === '' ? null : (
          <span class="error">
            {message}{' '}
            <button type="button" onClick={() => setMessage('')}>
              Close
            </button>
          </span>
        )}
        {busy === '' && message === '' && book.toast !== '' ? <span>{book.toast}</span> : null}
      </div>
      <div class="middle">
        {chosen === '' ? (
          <p class="loading">No tabs yet.</p>
        ) : (
          <GridView
            key={chosen}
            tab={chosen}
            version={book.version}
            onType={(row, column, text) => carryOut('Saving', () => api.type(chosen, row, column, text))}
            onSort={(column, ascending) => carryOut('Sorting', () => api.sort(chosen, column, ascending))}
          />
        )}
        {book.sidebar ? (
          <SidebarFrame title={book.sidebar.title} onClose={() => carryOut('Closing', api.closeSidebar)} />
        ) : null}
      </div>
      <Tabs tabs={book.tabs} chosen={chosen} onChoose={choose} />
    </div>
  );
}
