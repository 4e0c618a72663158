import { customPinyin, pinyin } from 'pinyin-pro';
import { assert } from '../../shared/kit/assert.ts';
import type { Initials } from '../../shared/records/search.ts';

// 瀑 is bào in the name of the river (《新华字典》), pù elsewhere.
customPinyin({ 瀑河: 'bào hé' });

/** [SC8] Pinyin initials by words, so that 银行 is yh and 行政 xz. */
export const initials: Initials = (text) => {
  const letters = pinyin(text, {
    pattern: 'first',
    toneType: 'none',
    type: 'array',
    nonZh: 'spaced',
  });
  assert(letters.length === [...text].length, 'one initial for each code point');
  return letters.join('');
};
