import { findBoardProfile } from '../../shared/domain/profile.ts';
import type { ScreenView } from '../../shared/protocol/routes.ts';
import type { Device } from '../../shared/protocol/statements.ts';
import { words } from '../words/words.ts';
import type { Size } from './Frame.tsx';

type TouchDevice = Extract<Device, { kind: 'touch' }>;

/** A 32-inch portrait screen, when the hall has none yet. */
export const USUAL_TOUCH: TouchDevice = {
  kind: 'touch',
  widthPx: 1080,
  heightPx: 1920,
  diagonalInches: 32,
  bottomMm: 600,
};

/** The touch screen that previews stand for: the hall's first, so that sizes are real. */
export function touchDeviceOf(screens: readonly ScreenView[]): TouchDevice {
  const devices = screens.map(({ device }) => device);
  return devices.find((device): device is TouchDevice => device.kind === 'touch') ?? USUAL_TOUCH;
}

export function boardSize(profile: string): Size {
  return findBoardProfile(profile) ?? { width: 640, height: 320 };
}

export function boardName(profile: string): string {
  const names: Readonly<Record<string, string>> = words.value.boards;
  return names[profile] ?? profile;
}
