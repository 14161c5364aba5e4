import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { api } from '../api.ts';
import type { Book, Done, Tab } from '../protocol.ts';
import { GridView } from './GridView.tsx';
import { Mails } from './Mails.tsx';
import { Menu } from './Menu.tsx';
import { SidebarFrame } from './SidebarFrame.tsx';
import { Tabs } from './Tabs.tsx';
import { ToastBar } from './ToastBar.tsx';

const LOOK_EVERY_MS = 1_500;
const GONE = 'The local server has stopped. Start it again with npm run demo.';

/** The whole window. The chosen tab stands in the address, so a reload shows it again. */
export function Page() {
  const [book, setBook] = useState<Book | null>(null);
  const [tab, setTab] = useState(tabInAddress);
  const [message, setMessage] = useState('');
  const [busy, setBusy] = useState('');
  /** How much of what the add-on said has been read; what was said before the page opened counts as read. */
  const [read, setRead] = useState<Read | null>(null);
  const ends = useRef(0);

  const look = useCallback(async () => {
    try {
      const seen = await api.book();
      setBook(seen);
      setRead((known) => known ?? readOf(seen));
      setMessage((shown) => (shown === GONE ? '' : shown));
    } catch {
      setMessage(GONE);
    }
  }, []);

  useEffect(() => {
    look();
    const timer = setInterval(look, LOOK_EVERY_MS);
    const onHash = () => setTab(tabInAddress());
    addEventListener('hashchange', onHash);
    return () => {
      clearInterval(timer);
      removeEventListener('hashchange', onHash);
    };
  }, [look]);

  /** Does something that takes its time, says what, and shows what came of it. */
  const carryOut = async (what: string, work: () => Promise<Done>) => {
    ends.current += 1;
    const mine = ends.current;
    setBusy(what);
    setMessage('');
    try {
      const { error } = await work();
      if (error !== null) setMessage(error);
    } catch (error) {
      setMessage(error instanceof Error ? error.message : String(error));
    } finally {
      if (mine === ends.current) setBusy('');
      await look();
    }
  };

  if (!book) return <p class="loading">{message === '' ? 'Opening the spreadsheet\u2026' : message}</p>;
  const chosen = chosenTab(book.tabs, tab);
  return (
    <div class="window">
      <header class="bar">
        <h1>{book.title}</h1>
        <span class="clock" title="The clock of this copy: only what the add-on does lets time pass">
          {book.now}
        </span>
      </header>
      <div class="menus">
        <Menu menu={book.menu} onRun={(item) => carryOut(item.label, () => api.menu(item.run))} />
        <Mails mails={book.mails} />
        <a class="download" href="/workbook.xlsx" download>
          Download .xlsx
        </a>
        <span class="busy" aria-live="polite">
          {busy === '' ? '' : `${busy}\u2026`}
        </span>
      </div>
      <div class="middle">
        {chosen === '' ? (
          <p class="loading sheet">No tabs yet.</p>
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
        <ToastBar
          error={message}
          said={unread(book, read)}
          onClose={() => {
            setMessage('');
            setRead(readOf(book));
          }}
        />
      </div>
      <Tabs
        tabs={book.tabs}
        chosen={chosen}
        onChoose={(name) => {
          history.replaceState(null, '', `#${encodeURIComponent(name)}`);
          setTab(name);
        }}
      />
    </div>
  );
}

interface Read {
  readonly toasts: number;
  readonly alerts: number;
}

function readOf(book: Book): Read {
  return { toasts: book.toasts.number, alerts: book.alerts.number };
}

function unread(book: Book, read: Read | null): string {
  if (read === null) return '';
  if (book.alerts.number > read.alerts) return book.alerts.text;
  return book.toasts.number > read.toasts ? book.toasts.text : '';
}

function tabInAddress(): string {
  return decodeURIComponent(location.hash.slice(1));
}

/** The wanted tab, or else the first one in sight that holds anything. */
function chosenTab(tabs: readonly Tab[], wanted: string): string {
  const seen = tabs.filter((tab) => !tab.hidden);
  const found = tabs.find((tab) => tab.name === wanted) ?? seen.find((tab) => !tab.empty) ?? seen[0];
  return found?.name ?? '';
}
