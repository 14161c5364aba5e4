import { useState } from 'preact/hooks';
import type { Book } from '../protocol.ts';

interface TabsProps {
  readonly tabs: Book['tabs'];
  readonly chosen: string;
  readonly onChoose: (name: string) => void;
}

/** The tabs at the foot; hidden ones on demand. */
export function Tabs({ tabs, chosen, onChoose }: TabsProps) {
  const [all, setAll] = useState(false);
  const hidden = tabs.filter((tab) => tab.hidden).length;
  return (
    <nav class="tabs" aria-label="Tabs">
      {tabs
        .filter((tab) => all || !tab.hidden || tab.name === chosen)
        .map((tab) => (
          <button
            key={tab.name}
            type="button"
            class={`${tab.name === chosen ? 'chosen' : ''} ${tab.hidden ? 'hidden-tab' : ''}`}
            style={tab.color === '' ? {} : { borderBottomColor: tab.color }}
            aria-current={tab.name === chosen ? 'page' : undefined}
            onClick={() => onChoose(tab.name)}
          >
            {tab.name}
          </button>
        ))}
      {hidden > 0 ? (
        <button type="button" class="quiet" onClick={() => setAll(!all)}>
          {all ? 'Hide' : 'Show'} {hidden} hidden
        </button>
      ) : null}
    </nav>
  );
}
