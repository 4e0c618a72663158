import * as z from 'zod/mini';
import type {
  ChannelId,
  KeyId,
  ProfileId,
  RecordId,
  ScreenId,
  Sha256,
  SlotId,
} from '../kit/ids.ts';
import {
  isChannelId,
  isKeyId,
  isProfileId,
  isRecordId,
  isScreenId,
  isSha256,
  isSlotId,
} from '../kit/ids.ts';

/** A branded string: accepted only in the form its guard demands. */
function branded<Id extends string>(is: (text: string) => text is Id & string) {
  return z.custom<Id>((value) => typeof value === 'string' && is(value));
}

export const sha256 = branded<Sha256>(isSha256);
export const keyId = branded<KeyId>(isKeyId);
export const recordId = branded<RecordId>(isRecordId);
export const slotId = branded<SlotId>(isSlotId);
export const channelId = branded<ChannelId>(isChannelId);
export const screenId = branded<ScreenId>(isScreenId);
export const profileId = branded<ProfileId>(isProfileId);

/** Epoch milliseconds between 1970 and the year 9999. */
export const instant = z.int().check(z.gte(0), z.lt(253_402_300_800_000));
export const count = z.int().check(z.gte(0));
/** `YYYY-MM-DD`. */
export const date = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/));
export const text = (max: number) => z.string().check(z.maxLength(max));
/** Text with something in it. */
export const words = (max: number) =>
  z.string().check(
    z.maxLength(max),
    z.refine((value) => value.trim() !== ''),
  );
/** Signed bytes as they travel. */
export const envelope = text(64 * 1024);
export const objectRef = z.strictObject({ digest: sha256, bytes: count });
export const publicKey = z.strictObject({
  alg: z.enum(['ed25519', 'ecdsa-p256']),
  raw: text(200),
});
