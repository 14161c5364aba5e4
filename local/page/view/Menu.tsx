// biome-ignore-all lint/a11y/noStaticElementInteractions: Escape closes the menu wherever the focus is inside it
import { useState } from 'preact/hooks';
import type { Book, MenuItem } from '../protocol.ts';

interface MenuProps {
  readonly menu: Book['menu'];
  readonly onRun: (item: MenuItem) => void;
}

/** The add-on's own menu, as its onOpen made it. */
export function Menu({ menu, onRun }: MenuProps) {
  const [open, setOpen] = useState(false);
  if (!menu) return null;
  return (
    <div class="menu" onKeyDown={(key) => key.key === 'Escape' && setOpen(false)}>
      <button type="button" aria-haspopup="menu" aria-expanded={open} onClick={() => setOpen(!open)}>
        {menu.title}
      </button>
      {open ? (
        <div class="items" role="menu">
          {menu.items.map((item, index) =>
            item.run === '' ? (
              <hr key={index} />
            ) : (
              <button
                key={item.run}
                type="button"
                role="menuitem"
                onClick={() => {
                  setOpen(false);
                  onRun(item);
                }}
              >
                {item.label}
              </button>
            ),
          )}
        </div>
      ) : null}
    </div>
  );
}
