import * as z from 'zod/mini';
import {
  channelId,
  count,
  envelope,
  instant,
  publicKey,
  screenId,
  sha256,
  text,
} from './scalars.ts';
import { PROTOCOL_VERSION } from './version.ts';

/** What a screen asks and hears. What the socket brings may be lost: an answer always has it all. */

/** GET /api/screens/:screen/state — the newest statements for one screen. */
export const screenState = z.strictObject({
  v: z.literal(PROTOCOL_VERSION),
  /** Every roles statement, oldest first, so that a screen can walk from the root it trusts. */
  roles: z.array(envelope).check(z.minLength(1), z.maxLength(64)),
  lineup: envelope,
  channels: z
    .array(z.strictObject({ channel: channelId, head: envelope, lease: envelope }))
    .check(z.maxLength(8)),
});
export type ScreenState = z.infer<typeof screenState>;

/** Texts of the objects of a delta that comes with a hint; a longer one is asked for, compressed. */
export const ADDED_LENGTH_MAX = 64 * 1024;

/** Emitted by the server to every screen of a channel: something moved. */
export const moved = z.strictObject({
  channel: channelId,
  epoch: count,
  version: count,
  /** The new head and its proof, which spare the screen a question; null when they are long. */
  statements: z.nullable(z.strictObject({ head: envelope, lease: envelope })),
  /** What the release adds to the one before, as a delta for this screen's sections; null when long. */
  added: z.nullable(
    z.strictObject({
      from: sha256,
      objects: z.array(text(ADDED_LENGTH_MAX)).check(z.maxLength(64)),
    }),
  ),
  /** Screens follow after a wait drawn from [0, spreadMs); 0 is at once. */
  spreadMs: count,
});
export type Moved = z.infer<typeof moved>;

/** Emitted every minute: the same signed lease for every screen. */
export const leased = z.strictObject({ channel: channelId, lease: envelope });
export type Leased = z.infer<typeof leased>;

/** [TK2] What a server gives a screen to show when it connects again; it means nothing to anybody else. */
const ticket = text(120);

/** First message of a screen; joins its rooms. */
export const hello = z.strictObject({
  v: z.literal(PROTOCOL_VERSION),
  screen: screenId,
  ticket: z.optional(ticket),
  /** [TK6] Number of its newest report, when it has made one since it started and has nothing newer to say. */
  reported: z.optional(count),
});
export type Hello = z.infer<typeof hello>;

/** Emitted to one screen, which keeps it in the place of the one before. */
export const ticketed = z.strictObject({ ticket });
export type Ticketed = z.infer<typeof ticketed>;

/** A signed report, see `report` in statements. [TK4] Whoever asks for no answer hears `refused` at most. */
export const reported = z.strictObject({ report: envelope });
export type Reported = z.infer<typeof reported>;

export const ACK_REFUSALS = [
  'malformed',
  'unknown-screen',
  'unknown-key',
  'unsigned',
  'stale',
  'busy',
] as const;
/** The only answer that a screen needs to read. [TK6] `known`: the report that a greeting named is here. */
export const taken = z.strictObject({ ok: z.literal(true), known: z.optional(z.literal(true)) });
export const ack = z.union([
  taken,
  z.strictObject({ ok: z.literal(false), refusal: z.enum(ACK_REFUSALS) }),
]);
export type Ack = z.infer<typeof ack>;

/** Emitted to one screen: a report of it was not taken. */
export const untaken = z.strictObject({ refusal: z.enum(ACK_REFUSALS) });
export type Untaken = z.infer<typeof untaken>;

/** Namespace `/screens`. */
export interface ServerToScreen {
  readonly moved: (message: Moved) => void;
  readonly leased: (message: Leased) => void;
  /** The screen's own lineup or pairing changed: ask for the state. */
  readonly lineup: () => void;
  readonly ticket: (message: Ticketed) => void;
  readonly refused: (message: Untaken) => void;
}
export interface ScreenToServer {
  readonly hello: (message: Hello, ack: (answer: Ack) => void) => void;
  readonly report: (message: Reported, ack?: (answer: Ack) => void) => void;
}

/** What the console hears in namespace `/console`: which list to ask for again. */
export const TOPICS = ['records', 'programme', 'screens', 'hall'] as const;
export const changed = z.strictObject({ topic: z.enum(TOPICS), id: z.nullable(text(80)) });
export type Changed = z.infer<typeof changed>;
export interface ServerToConsole {
  readonly changed: (message: Changed) => void;
}

/** POST /api/screens/:screen/pairing — a screen offers its key and asks to be known by it. */
export const pairingRequest = z.strictObject({ key: publicKey });
export const pairingAnswer = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('paired') }),
  z.strictObject({
    state: z.literal('waiting'),
    /** Six digits shown on the glass and in the console; names the request, authorises nothing. */
    code: z.string().check(z.regex(/^\d{6}$/)),
    expiresAt: instant,
  }),
]);
export type PairingAnswer = z.infer<typeof pairingAnswer>;
