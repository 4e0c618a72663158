import { useEffect, useState } from 'preact/hooks';
import { Search } from 'lucide';
import { Button } from '../parts/Button.tsx';
import { Icon } from '../parts/Icon.tsx';
import { words } from '../words/words.ts';

/** Searches when asked; emptied, it shows everything again. */
export function SearchBox({
  value,
  onSearch,
}: {
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
          aria-label={w.search}
          placeholder={w.search}
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
