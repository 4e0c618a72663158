import { id, isProfileId, isScreenId } from '../../shared/kit/ids.ts';
import type { InputOf } from '../../shared/protocol/routes.ts';

const board = (profile: string) => ({ kind: 'board' as const, profile: id(isProfileId, profile) });

/** The four kinds of screen a county hall has, as the demonstration wall shows them. */
export const DEMONSTRATION_SCREENS: readonly InputOf<'putScreen'>[] = [
  {
    id: id(isScreenId, 'touch-01'),
    name: '一楼触摸屏',
    device: { kind: 'touch', widthPx: 1080, heightPx: 1920, diagonalInches: 32, bottomMm: 700 },
  },
  { id: id(isScreenId, 'tv-hall'), name: '等候区电视', device: board('tv-1920x1080') },
  { id: id(isScreenId, 'led-door'), name: '门楣单色屏', device: board('led-384x64') },
  { id: id(isScreenId, 'led-hall'), name: '大厅全彩屏', device: board('led-640x320') },
];
