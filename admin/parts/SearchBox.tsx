import { useEffect, useState } from 'preact/hooks';
import { Search } from 'lucide';
import { words } from '../words/words.ts';
import { Button } from './Button.tsx';
import { Icon } from './Icon.tsx';

/** Searches when asked; emptied, it shows everything again. */
export function SearchBox({
  label,
  value,
  onSearch,
}: {
  /** What can be searched by. */
  readonly label: string;
  readonly value: string;
  readonly onSearch: (text: string) => void;
}) {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  const w = words.value.content;
  return (
    <search>
      <form
        class="search"
        onSubmit={(event) => {
          event.preventDefault();
          onSearch(text.trim());
        }}
      >
        <Icon of={Search} />
        <input
          class="input"
          type="search"
          aria-label={label}
          placeholder={label}
          maxLength={100}
          value={text}
          onInput={(event) => {
            setText(event.currentTarget.value);
            if (event.currentTarget.value === '') onSearch('');
          }}
        />
        <Button submit>{w.searchButton}</Button>
      </form>
    </search>
  );
}
