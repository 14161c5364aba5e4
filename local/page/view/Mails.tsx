// biome-ignore-all lint/a11y/noStaticElementInteractions: Escape closes the list wherever the focus is inside it
import { useState } from 'preact/hooks';
import type { Book } from '../protocol.ts';

/** The mails that the add-on has sent; here they go nowhere and can be read. */
export function Mails({ mails }: { readonly mails: Book['mails'] }) {
  const [open, setOpen] = useState(false);
  if (mails.length === 0) return null;
  return (
    <div class="menu" onKeyDown={(key) => key.key === 'Escape' && setOpen(false)}>
      <button type="button" aria-expanded={open} onClick={() => setOpen(!open)}>
        Mails sent: {mails.length}
      </button>
      {open ? (
        <ul class="items mails">
          {[...mails].reverse().map((mail, at) => (
            <li key={mails.length - at}>
              <strong>{mail.subject}</strong>
              <span class="to">to {mail.to}</span>
              <p>{mail.body}</p>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}
