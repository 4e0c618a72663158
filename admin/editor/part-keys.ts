import { useRef } from 'preact/hooks';

/** Keys that stay with parts when others are removed; all new when the whole body is replaced. */
export function usePartKeys(length: number, generation: number) {
  const state = useRef({ generation, next: 0, keys: Array<number>() });
  const held = state.current;
  if (held.generation !== generation) [held.generation, held.keys] = [generation, []];
  while (held.keys.length < length) held.keys.push(held.next++);
  return {
    of: (index: number): number => held.keys[index] ?? -1,
    remove: (index: number): void => {
      held.keys.splice(index, 1);
    },
  };
}
