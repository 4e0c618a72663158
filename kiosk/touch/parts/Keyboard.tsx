import { Delete } from 'lucide';
import { useState } from 'preact/hooks';
import { useTouch } from '../context.ts';
import type { Key, KeyLayout } from '../search/keys.ts';
import { KEYS, LAYOUTS } from '../search/keys.ts';
import { Icon } from './Icon.tsx';
import { Press } from './Press.tsx';

/** The keyboard on the glass: letters in their order, as on a typewriter, or digits. */
export function Keyboard({ onKey }: { readonly onKey: (key: Key) => void }) {
  const { search } = useTouch().words.value;
  const [layout, setLayout] = useState<KeyLayout>('letters');
  return (
    <fieldset class="keyboard" aria-label={search.keyboard}>
      <div class="keyboard-ways">
        {LAYOUTS.map((way) => (
          <Press
            key={way}
            class="key key-way"
            aria-pressed={way === layout}
            onPress={() => setLayout(way)}
          >
            {search[way]}
          </Press>
        ))}
      </div>
      <div class={`keys keys-${layout}`}>
        {KEYS[layout].map((row, index) => (
          <div class="keys-row" key={index}>
            {row.map((key) => (
              <Press
                key={key}
                class={`key key-${key.length > 1 ? key : 'one'}`}
                onPress={() => onKey(key)}
              >
                <Face of={key} />
              </Press>
            ))}
          </div>
        ))}
      </div>
    </fieldset>
  );
}

function Face({ of }: { readonly of: Key }) {
  const { search } = useTouch().words.value;
  switch (of) {
    case 'erase':
      return (
        <>
          <Icon of={Delete} />
          <span>{search.erase}</span>
        </>
      );
    case 'clear':
      return <span>{search.clear}</span>;
    case 'space':
      return <span>{search.space}</span>;
    default:
      return <span lang="en">{of.toUpperCase()}</span>;
  }
}
