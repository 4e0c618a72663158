import type { Namespace, Socket } from 'socket.io';
import type { ChannelId, ScreenId } from '../../shared/kit/ids.ts';
import type { Ack, ScreenToServer, ServerToScreen } from '../../shared/protocol/screen.ts';
import { hello, reported } from '../../shared/protocol/screen.ts';
import type { Announcer } from './announcer.ts';
import { answering } from './answering.ts';
import { spreadMs } from './spread.ts';
import { createTokenBucket } from './token-bucket.ts';

/** What sockets need to know of screens. */
export interface ScreenPort {
  /** The channels a screen plays; undefined when there is no such screen. */
  channelsOf(screen: ScreenId): readonly ChannelId[] | undefined;
  connected(screen: ScreenId, connection: string): void;
  disconnected(screen: ScreenId, connection: string): void;
  /** A report as it travelled, from a socket that introduced itself as `screen`. */
  report(screen: ScreenId, envelope: string): Promise<Ack>;
}

interface ScreenDeps {
  readonly screens: ScreenPort;
  readonly monotonic: () => number;
  readonly log: (message: string, error?: unknown) => void;
}

type Screens = Namespace<ScreenToServer, ServerToScreen>;
type ScreenSocket = Socket<ScreenToServer, ServerToScreen>;

/** Namespace `/screens`: open to everyone, since all that is said there is public. */
export function screenAnnouncements(
  screens: Screens,
  deps: ScreenDeps,
): Pick<Announcer, 'moved' | 'leased' | 'lineup'> {
  screens.on('connection', (socket) => serve(socket, deps));
  return {
    moved(head) {
      const room = channelRoom(head.channel);
      const listeners = screens.adapter.rooms.get(room)?.size ?? 0;
      screens.to(room).emit('moved', { ...head, spreadMs: spreadMs(listeners) });
    },
    leased: (message) => screens.to(channelRoom(message.channel)).emit('leased', message),
    lineup: (screen) => screens.to(screenRoom(screen)).emit('lineup'),
  };
}

const channelRoom = (channel: ChannelId): string => `channel/${channel}`;
const screenRoom = (screen: ScreenId): string => `screen/${screen}`;

function serve(socket: ScreenSocket, deps: ScreenDeps): void {
  const { screens, log } = deps;
  let introduced: ScreenId | undefined;
  const leave = (): void => {
    if (introduced !== undefined) screens.disconnected(introduced, socket.id);
    introduced = undefined;
  };
  const admit = createTokenBucket({ burst: 20, perSecond: 2, clock: deps.monotonic });
  const failed = (error: unknown): void => log('a screen’s message was not handled', error);
  const common = { malformed: refuse('malformed'), broken: refuse('busy'), failed };

  const onHello = answering<{ readonly screen: ScreenId }, Ack>({
    ...common,
    schema: hello,
    async handle({ screen }) {
      if (!admit()) return refuse('busy');
      const channels = screens.channelsOf(screen);
      if (channels === undefined) return refuse('unknown-screen');
      leave();
      for (const room of socket.rooms) if (room !== socket.id) await socket.leave(room);
      await socket.join([screenRoom(screen), ...channels.map(channelRoom)]);
      // It may have gone while it was joining.
      if (!socket.connected) return refuse('busy');
      introduced = screen;
      screens.connected(screen, socket.id);
      return { ok: true };
    },
  });
  const onReport = answering<{ readonly report: string }, Ack>({
    ...common,
    schema: reported,
    async handle({ report }) {
      if (!admit()) return refuse('busy');
      return introduced === undefined
        ? refuse('unknown-screen')
        : screens.report(introduced, report);
    },
  });

  socket.on('hello', (...values) => void onHello(...values).catch(failed));
  socket.on('report', (...values) => void onReport(...values).catch(failed));
  socket.on('disconnect', leave);
}

type AckRefusal = Extract<Ack, { readonly ok: false }>['refusal'];
const refuse = (refusal: AckRefusal): Ack => ({ ok: false, refusal });
