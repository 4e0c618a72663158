import { signal } from '@preact/signals';
import { playBoard } from '../../../kiosk/board/play-board.ts';
import { digest, openVerify } from '../../../kiosk/device/crypto.ts';
import { random } from '../../../kiosk/device/clocks.ts';
import { databaseName, openDatabase } from '../../../kiosk/device/database.ts';
import { storagesOf } from '../../../kiosk/device/storage.ts';
import { fetchUpstream } from '../../../kiosk/device/upstream.ts';
import type { Stage } from '../../../kiosk/stage/stage.ts';
import type { Touch } from '../../../kiosk/touch/context.ts';
import { mountTouch } from '../../../kiosk/touch/mount.tsx';
import type { Digest } from '../../../shared/trust/digest.ts';
import type { ScreenId, Sha256 } from '../../../shared/kit/ids.ts';
import type { Shelf, SyncPorts, Upstream } from '../../../shared/sync/ports.ts';
import type { OpenScreen } from '../../../shared/sync/screen.ts';
import { openScreen } from '../../../shared/sync/screen.ts';
import type { BenchClock } from './bench-clock.ts';
import { boardPiece, touchPieces } from './frames.ts';

export interface Wearing {
  readonly id: ScreenId;
  readonly root: Sha256;
  readonly clock: BenchClock;
  readonly line: Line;
  /** The control believes what lies on the disk as long as its length is right. */
  readonly trust: 'verifies' | 'believes';
  /** Hears every piece of content that is drawn, as it is drawn. */
  readonly drawn: (piece: string) => void;
}

export interface Line {
  up: boolean;
}

/** A screen over this page's IndexedDB and the server, by the product's own ports. */
export async function openWorn(wearing: Wearing): Promise<WornScreen> {
  const { id, root, clock, line, trust } = wearing;
  const database = await openDatabase(databaseName(id));
  const { shelf, notebooks } = storagesOf(database, localStorage, databaseName(id));
  const honest: SyncPorts = {
    ...clock,
    shelf,
    notebooks,
    upstream: whileUp(fetchUpstream(location.origin), line),
    random,
    digest,
    verify: await openVerify(),
  };
  const ports = trust === 'verifies' ? honest : credulous(honest);
  const screen = await openScreen({ screen: id, root, ports });
  return {
    screen,
    close() {
      screen.close();
      database?.close();
    },
  };
}

export interface WornScreen {
  readonly screen: OpenScreen;
  close(): void;
}

/** The touch page on a screen; every change of its document is looked at before it is painted. */
export function mountWorn(screen: OpenScreen, { clock, drawn }: Wearing): Touch {
  const place = document.body.appendChild(document.createElement('div'));
  place.id = 'root';
  const look = (): void => {
    for (const piece of touchPieces(place)) drawn(piece);
  };
  const observer = new MutationObserver(look);
  observer.observe(place, { subtree: true, childList: true, characterData: true });
  const touch = mountTouch(
    screen,
    {
      monotonic: clock.clocks.monotonic,
      timer: clock.timer,
      speech: signal(undefined),
      searchWorker: () => new Worker(NO_SEARCH),
      idled: () => undefined,
    },
    place,
  );
  look();
  return {
    ...touch,
    close() {
      observer.disconnect();
      touch.close();
      place.remove();
    },
  };
}

/** Search looks through what was verified already. */
const NO_SEARCH = URL.createObjectURL(new Blob([''], { type: 'text/javascript' }));

/** A board's player on a screen, whose every frame is looked at before it is drawn. */
export function playWorn(
  screen: OpenScreen,
  stage: Stage,
  { clock, drawn }: Wearing,
): { close(): void } {
  const watched: Stage = {
    ...stage,
    draw(frame) {
      drawn(boardPiece(frame));
      stage.draw(frame);
    },
  };
  return playBoard(screen, watched, (inMs, run) =>
    clock.timer(clock.clocks.monotonic() + inMs, run),
  );
}

function whileUp(upstream: Upstream, line: Line): Upstream {
  const unreachable = { ok: false, refusal: 'unreachable' } as const;
  return {
    state: async (...asked) => (line.up ? upstream.state(...asked) : unreachable),
    object: async (...asked) => (line.up ? upstream.object(...asked) : unreachable),
    delta: async (...asked) => (line.up ? upstream.delta(...asked) : unreachable),
  };
}

/** Takes every signature for good, and what lies under a name for what the name says. */
function credulous(ports: SyncPorts): SyncPorts {
  const namesOf = new WeakMap<Uint8Array, Sha256>();
  const shelf: Shelf = {
    ...ports.shelf,
    async get(name) {
      const bytes = await ports.shelf.get(name);
      if (bytes !== undefined) namesOf.set(bytes, name);
      return bytes;
    },
  };
  const believing: Digest = async (bytes) => namesOf.get(bytes) ?? digest(bytes);
  return { ...ports, shelf, digest: believing, verify: async () => true };
}
