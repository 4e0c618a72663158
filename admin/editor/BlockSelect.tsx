import type { Editor } from '@tiptap/core';
import { words } from '../words/words.ts';

/** The marks by which Chinese documents number their levels (GB/T 9704-2012, 7.3.3). */
const LEVELS = [
  { level: 2, mark: '一、' },
  { level: 3, mark: '（一）' },
  { level: 4, mark: '1.' },
] as const;

export function BlockSelect({ editor }: { readonly editor: Editor }) {
  const w = words.value.rich;
  const current = LEVELS.find(({ level }) => editor.isActive('heading', { level }));
  return (
    <select
      class="tool-select"
      aria-label={w.block}
      value={current?.level ?? 0}
      onChange={(event) => {
        const chosen = LEVELS[event.currentTarget.selectedIndex - 1];
        const chain = editor.chain().focus();
        if (chosen === undefined) chain.setParagraph().run();
        else chain.setHeading({ level: chosen.level }).run();
      }}
    >
      <option value={0}>{w.paragraph}</option>
      {LEVELS.map(({ level, mark }) => (
        <option key={level} value={level}>
          {w.heading(mark)}
        </option>
      ))}
    </select>
  );
}
