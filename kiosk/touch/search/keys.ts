/** The three keyboards, as rows of keys. A screen does not remember which one was used. */
export const LAYOUTS = ['letters', 'typewriter', 'digits'] as const;
export type KeyLayout = (typeof LAYOUTS)[number];

/** A character, or `space`, `erase`, `clear`. */
export type Key = string;

const rows = (...texts: readonly string[]): Key[][] => texts.map((text) => [...text]);

export const KEYS: Readonly<Record<KeyLayout, readonly (readonly Key[])[]>> = {
  /** 首字母大键: five rows of six, in the order everybody knows. */
  letters: [...rows('abcdef', 'ghijkl', 'mnopqr', 'stuvwx'), ['y', 'z', 'space', 'erase', 'clear']],
  typewriter: [...rows('qwertyuiop', 'asdfghjkl', 'zxcvbnm'), ['space', 'erase', 'clear']],
  digits: [...rows('123', '456', '789'), ['clear', '0', 'erase']],
};

const LONGEST_QUERY = 40;

export function press(query: string, key: Key): string {
  switch (key) {
    case 'clear':
      return '';
    case 'erase':
      return [...query].slice(0, -1).join('');
    case 'space':
      return `${query} `.slice(0, LONGEST_QUERY);
    default:
      return `${query}${key}`.slice(0, LONGEST_QUERY);
  }
}
