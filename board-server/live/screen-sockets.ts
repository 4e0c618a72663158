import type { Namespace, Socket } from 'socket.io';
import type { ChannelId, ScreenId } from '../../shared/kit/ids.ts';
import type {
  Ack,
  Hello,
  Moved,
  Reported,
  ScreenToServer,
  ServerToScreen,
} from '../../shared/protocol/screen.ts';
import { hello, reported } from '../../shared/protocol/screen.ts';
import { createTurns } from '../services/turns.ts';
import type { Announcer } from './announcer.ts';
import { answering } from './answering.ts';
import { spreadMs } from './spread.ts';
import { createTokenBucket } from './token-bucket.ts';

/** What sockets need to know of screens. */
export interface ScreenPort {
  /** What a screen plays; undefined when there is no such screen. */
  playedBy(screen: ScreenId): Played | undefined;
  /** [TK1] With what it showed, if anything. [TK6] Tells whether the report that it named is here. */
  connected(screen: ScreenId, connection: string, shown?: Shown): boolean;
  disconnected(screen: ScreenId, connection: string): void;
  /** A report as it travelled, on a connection that introduced itself as `screen`. */
  report(screen: ScreenId, connection: string, envelope: string): Ack | Promise<Ack>;
  /** [TK2] What the screen at the other end should show from now on; undefined while that stands. */
  freshTicket(screen: ScreenId, connection: string): string | undefined;
}

export type Shown = Pick<Hello, 'ticket' | 'reported'>;

export interface Played {
  readonly channels: readonly ChannelId[];
  readonly sections: readonly string[];
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
  /** Rooms of screens that play the same sections of a channel, from the first that came in. */
  const kinds = new Map<string, Kind>();
  const roomSize = (room: string): number => screens.adapter.rooms.get(room)?.size ?? 0;
  const roomsOf = ({ channels, sections }: Played): string[] =>
    channels.flatMap((channel) => {
      const kind = `${channelRoom(channel)} ${sections.join(' ')}`;
      kinds.set(kind, { channel, sections });
      return [channelRoom(channel), kind];
    });
  screens.on('connection', (socket) => serve(socket, deps, roomsOf));
  return {
    moved(head, addedFor) {
      const room = channelRoom(head.channel);
      const message = { ...head, spreadMs: spreadMs(roomSize(room)) };
      // What is followed at leisure is fetched at leisure: bytes on sockets would all go at once.
      if (message.spreadMs > 0)
        return void screens.to(room).emit('moved', { ...message, added: null });
      for (const [kind, { channel, sections }] of kinds) {
        if (roomSize(kind) === 0) kinds.delete(kind);
        else if (channel === head.channel) {
          const say = (added: Moved['added']) =>
            screens.to(kind).emit('moved', { ...message, added });
          void addedFor(sections).then(say, (error: unknown) => {
            deps.log('a hint goes without what a release adds', error);
            say(null);
          });
        }
      }
    },
    leased: (message) => screens.to(channelRoom(message.channel)).emit('leased', message),
    lineup(screen) {
      const own = screens.in(screenRoom(screen));
      const played = deps.screens.playedBy(screen);
      own.socketsLeave([...kinds.keys()]);
      if (played !== undefined) own.socketsJoin(roomsOf(played));
      own.emit('lineup');
    },
  };
}

interface Kind {
  readonly channel: ChannelId;
  readonly sections: readonly string[];
}

const channelRoom = (channel: ChannelId): string => `channel/${channel}`;
const screenRoom = (screen: ScreenId): string => `screen/${screen}`;

function serve(
  socket: ScreenSocket,
  deps: ScreenDeps,
  roomsOf: (played: Played) => readonly string[],
): void {
  const { screens, log } = deps;
  let introduced: ScreenId | undefined;
  const leave = (): void => {
    if (introduced !== undefined) screens.disconnected(introduced, socket.id);
    introduced = undefined;
  };
  const admit = createTokenBucket({ burst: 20, perSecond: 2, clock: deps.monotonic });
  const failed = (error: unknown): void => log('a screen’s message was not handled', error);
  const common = { malformed: refuse('malformed'), broken: refuse('busy'), failed };

  const giveTicket = (screen: ScreenId): void => {
    const ticket = screens.freshTicket(screen, socket.id);
    if (ticket !== undefined) socket.emit('ticket', { ticket });
  };

  async function greet({ screen, ...shown }: Hello): Promise<Ack> {
    const played = screens.playedBy(screen);
    if (played === undefined) return refuse('unknown-screen');
    leave();
    for (const room of socket.rooms) if (room !== socket.id) await socket.leave(room);
    await socket.join([screenRoom(screen), ...roomsOf(played)]);
    // It may have gone while it was joining.
    if (!socket.connected) return refuse('busy');
    introduced = screen;
    const isKnown = screens.connected(screen, socket.id, shown);
    giveTicket(screen);
    return isKnown ? { ok: true, known: true } : { ok: true };
  }

  // Each leaves what the one before it entered.
  const turns = createTurns();
  const onHello = answering<Hello, Ack>({
    ...common,
    schema: hello,
    handle: (said) => (admit() ? turns.run(socket.id, () => greet(said)) : refuse('busy')),
  });
  const onReport = answering<Reported, Ack>({
    ...common,
    schema: reported,
    handle({ report }) {
      if (!admit()) return refuse('busy');
      const screen = introduced;
      if (screen === undefined) return refuse('unknown-screen');
      const answered = (answer: Ack): Ack => {
        if (answer.ok) giveTicket(screen);
        return answer;
      };
      const answer = screens.report(screen, socket.id, report);
      return answer instanceof Promise ? answer.then(answered) : answered(answer);
    },
    // [TK4] What was taken is not said, so that a report is one message.
    unasked(answer) {
      if (!answer.ok) socket.emit('refused', { refusal: answer.refusal });
    },
  });
  socket.on('hello', (...values) => void onHello(...values));
  socket.on('report', (...values) => void onReport(...values));
  socket.on('disconnect', leave);
}

type AckRefusal = Extract<Ack, { readonly ok: false }>['refusal'];
const refuse = (refusal: AckRefusal): Ack => ({
  ok: false,
  refusal,
});
