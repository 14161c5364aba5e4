// biome-ignore-all lint/a11y/noStaticElementInteractions: keys of the menu are heard wherever the focus is inside it
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Book, MenuItem } from '../protocol.ts';

interface MenuProps {
  readonly menu: Book['menu'];
  readonly onRun: (item: MenuItem) => void;
}

/** The add-on's own menu, as its onOpen made it. */
export function Menu({ menu, onRun }: MenuProps) {
  const [open, setOpen] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  const items = () => [...(place.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])];
  useEffect(() => {
    if (!open) return;
    items()[0]?.focus();
    const elsewhere = (press: Event) => {
      if (press.target instanceof Node && !place.current?.contains(press.target)) setOpen(false);
    };
    document.addEventListener('mousedown', elsewhere);
    return () => document.removeEventListener('mousedown', elsewhere);
  }, [open]);
  if (!menu) return null;
  const onKeyDown = (key: KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[key.key];
    if (key.key === 'Escape') {
      setOpen(false);
      place.current?.querySelector('button')?.focus();
    } else if (by !== undefined && open) {
      const all = items();
      const at = all.indexOf(document.activeElement as HTMLElement);
      all[(at + by + all.length) % all.length]?.focus();
      key.preventDefault();
    }
  };
  return (
    <div class="menu" ref={place} onKeyDown={onKeyDown}>
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
