interface SidebarFrameProps {
  readonly title: string;
  readonly onClose: () => void;
}

/** What Google allows a sidebar's frame to do. */
const SANDBOX =
  'allow-same-origin allow-forms allow-scripts allow-popups allow-downloads allow-modals allow-popups-to-escape-sandbox';

/** The add-on's real sidebar page, 300 px wide as in Sheets. */
export function SidebarFrame({ title, onClose }: SidebarFrameProps) {
  return (
    <aside class="sidebar">
      <header>
        <strong>{title}</strong>
        <button type="button" aria-label="Close the sidebar" onClick={onClose}>
          &times;
        </button>
      </header>
      <iframe title={title} src="/sidebar" sandbox={SANDBOX} />
    </aside>
  );
}
