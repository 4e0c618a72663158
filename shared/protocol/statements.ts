import * as z from 'zod/mini';
import {
  channelId,
  count,
  instant,
  keyId,
  profileId,
  publicKey,
  recordId,
  screenId,
  sha256,
  text,
} from './scalars.ts';

/** The signed statements: the only things that ever change. Each travels in a DSSE envelope. */

const ROLE_NAMES = ['root', 'head', 'lease', 'lineup', 'approve'] as const;
export type RoleName = (typeof ROLE_NAMES)[number];
const role = z.strictObject({
  keys: z.array(keyId).check(z.minLength(1), z.maxLength(16)),
  threshold: z.int().check(z.gte(1), z.lte(16)),
});

/** Who may sign what. Signed by the root keys of its predecessor and by its own. */
export const roles = z.strictObject({
  v: z.literal(1),
  epoch: count,
  version: count,
  keys: z.record(keyId, publicKey),
  roles: z.strictObject({ root: role, head: role, lease: role, lineup: role, approve: role }),
});
export type Roles = z.infer<typeof roles>;

/** What a channel shows from `activateAt` on. */
export const head = z.strictObject({
  v: z.literal(1),
  channel: channelId,
  epoch: count,
  version: count,
  release: z.strictObject({ digest: sha256, bytes: count }),
  /** Withdrawn at once, before the release that leaves them out has arrived. */
  revoked: z.array(z.strictObject({ record: recordId, version: count })).check(z.maxLength(1000)),
  /** At most a minute after signing: it aligns screens, people schedule with windows. */
  activateAt: instant,
});
export type Head = z.infer<typeof head>;

/** Freshness and time for one head; the same bytes for every screen, signed anew every minute. */
export const lease = z.strictObject({
  v: z.literal(1),
  channel: channelId,
  epoch: count,
  version: count,
  /** SHA-256 of the head's payload bytes. */
  head: sha256,
  signedAt: instant,
  expires: instant,
  /** Newest hash of the audit chain, so that screens witness it. */
  audit: sha256,
});
export type Lease = z.infer<typeof lease>;

const boardDevice = z.strictObject({ kind: z.literal('board'), profile: profileId });
const touchDevice = z.strictObject({
  kind: z.literal('touch'),
  widthPx: z.int().check(z.gte(320), z.lte(16_384)),
  heightPx: z.int().check(z.gte(320), z.lte(16_384)),
  diagonalInches: z.number().check(z.gte(3), z.lte(200)),
  /** Height of the picture's lower edge above the floor; null when the screen is not mounted. */
  bottomMm: z.nullable(z.number().check(z.gte(0), z.lte(3000))),
});
export const device = z.discriminatedUnion('kind', [boardDevice, touchDevice]);
export type Device = z.infer<typeof device>;

/** What one screen is and which channels it plays, top first. */
export const lineup = z.strictObject({
  v: z.literal(1),
  epoch: count,
  version: count,
  screen: screenId,
  name: text(60),
  device,
  sections: z.array(text(80)).check(z.minLength(1), z.maxLength(8)),
  channels: z
    .array(
      z.strictObject({
        channel: channelId,
        cap: z.enum(['default', 'weekly', 'dated', 'interrupt', 'emergency']),
      }),
    )
    .check(z.minLength(1), z.maxLength(8)),
});
export type Lineup = z.infer<typeof lineup>;
