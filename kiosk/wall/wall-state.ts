import { batch, signal } from '@preact/signals';
import type { ScreenId } from '../../shared/kit/ids.ts';
import type { Faults, Facts, WallToFrame } from '../../shared/protocol/wall.ts';
import { frameToWall, NO_FAULTS } from '../../shared/protocol/wall.ts';
import { HALL_SCREENS } from './hall-screens.ts';

/** What the wall knows of one screen: the last word of its frame, and before that, that it starts. */
export type Heard =
  | { readonly state: 'starting' }
  | { readonly state: 'runs'; readonly facts: Facts };

export const faults = signal<Faults>(NO_FAULTS);
export const power = signal<'on' | 'cut'>('on');
export const heard = signal<ReadonlyMap<ScreenId, Heard>>(new Map());

const frames = new Map<ScreenId, HTMLIFrameElement>();

export function frameStands(screen: ScreenId, element: HTMLIFrameElement | null): void {
  if (element === null) frames.delete(screen);
  else frames.set(screen, element);
}

/** The boards play as of the time in their address; a touch screen is always of now. */
export function moveBoards(hash: string): void {
  for (const { screen, page } of HALL_SCREENS) {
    const frame = frames.get(screen)?.contentWindow;
    if (page === 'board' && frame !== null && frame !== undefined) frame.location.hash = hash;
  }
}

export function become(next: Partial<Faults>): void {
  faults.value = { ...faults.peek(), ...next };
  for (const { contentWindow } of frames.values()) tell(contentWindow);
}

/** The frames are gone in the middle of whatever they did; those that come are other pages. */
export function switchPower(next: 'on' | 'cut'): void {
  batch(() => {
    power.value = next;
    heard.value = new Map();
  });
}

/** [WA2] Only what the frames of this wall say is heard. */
export function listenToFrames(): void {
  addEventListener('message', ({ source, origin, data }: MessageEvent<unknown>) => {
    if (origin !== location.origin) return;
    const from = [...frames].find(([, { contentWindow }]) => contentWindow === source);
    const message = frameToWall.safeParse(data);
    if (from === undefined || !message.success) return;
    const [screen, { contentWindow }] = from;
    if (message.data.kind === 'ready') return tell(contentWindow);
    const { facts } = message.data;
    heard.value = new Map([...heard.peek(), [screen, { state: 'runs', facts }]]);
  });
}

function tell(frame: Window | null): void {
  const message: WallToFrame = { v: 1, kind: 'faults', faults: faults.peek() };
  frame?.postMessage(message, location.origin);
}
