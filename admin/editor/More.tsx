import type { ComponentChildren } from 'preact';
import { useId, useState } from 'preact/hooks';
import { ChevronDown } from 'lucide';
import { Icon } from '../parts/Icon.tsx';
import { words } from '../words/words.ts';

/** Fields that most records do not need. `open`: something in here asks for attention. */
export function More(props: { readonly open: boolean; readonly children: ComponentChildren }) {
  const [wanted, setWanted] = useState(false);
  const id = useId();
  const open = wanted || props.open;
  const w = words.value.common;
  return (
    <div class="more">
      <button
        type="button"
        class="more-button"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setWanted(!open)}
      >
        <Icon of={ChevronDown} />
        {open ? w.less : w.more}
      </button>
      <div class="form" id={id} hidden={!open}>
        {props.children}
      </div>
    </div>
  );
}
