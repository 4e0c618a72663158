import { onTestFinished } from 'vitest';
import type { Hall } from '../../board-server/hall.ts';
import { digest, verify } from '../../board-server/trust/digest.ts';
import type { ScreenId } from '../../shared/kit/ids.ts';
import { id, isChannelId, isSha256 } from '../../shared/kit/ids.ts';
import type { Problem } from '../../shared/protocol/report.ts';
import { memoryNotebook, memoryShelf } from '../../shared/sync/memory.ts';
import { openScreen } from '../../shared/sync/screen.ts';
import { asManager } from './kept-hall.ts';

/** The real sync engine over the services of a real hall, which may be another one each time. */
export interface WatchingScreen {
  /** Asks this hall, as after a hint. */
  ask(hall: Hall): Promise<void>;
  desk(): string | undefined;
  order(): { readonly epoch: number; readonly version: number } | undefined;
  problem(): Problem | null | undefined;
}

const CHANNEL = id(isChannelId, 'hall');

export async function watchingScreen(first: Hall, screen: ScreenId): Promise<WatchingScreen> {
  let hall = first;
  const opened = await openScreen({
    screen,
    root: id(isSha256, first.services.signer.rootFingerprint),
    report: () => undefined,
    ports: {
      upstream: {
        async state(name) {
          const reply = await hall.services.handlers.screenState(asManager(), { screen: name });
          return reply.ok
            ? { ok: true, value: JSON.stringify(reply.value) }
            : { ok: false, refusal: 'unreachable' };
        },
        async object(name) {
          const found = await hall.objects.read(name);
          return found === undefined
            ? { ok: false, refusal: 'missing' }
            : { ok: true, value: new Uint8Array(found.bytes) };
        },
        async delta(asked) {
          const packed = await hall.services.deltas.read(asked);
          return packed === undefined
            ? { ok: false, refusal: 'missing' }
            : { ok: true, value: new Uint8Array(packed.bytes) };
        },
      },
      shelf: memoryShelf(),
      notebooks: [memoryNotebook(), memoryNotebook()],
      clocks: { wall: () => Date.now(), monotonic: () => performance.now() },
      timer: () => () => undefined, // It asks when it is told to.
      random: () => 0.5,
      digest,
      verify,
    },
  });
  onTestFinished(() => opened.close());
  const channel = () => opened.generation()?.channels[0];
  return {
    async ask(next) {
      hall = next;
      await opened.ask();
    },
    desk: () => channel()?.release.hall.desk,
    order() {
      const head = channel()?.head;
      return head === undefined ? undefined : { epoch: head.epoch, version: head.version };
    },
    problem: () => opened.condition().problems[CHANNEL],
  };
}
