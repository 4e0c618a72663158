declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

/** SHA-256 in 64 lower-case hexadecimal digits: the name of an object. */
export type Sha256 = Branded<'Sha256'>;
/** A record as people edit it; stable over all its versions. */
export type RecordId = Branded<'RecordId'>;
export type SlotId = Branded<'SlotId'>;
export type ChannelId = Branded<'ChannelId'>;
export type ScreenId = Branded<'ScreenId'>;
/** SHA-256 (hex) of a public key's raw bytes. */
export type KeyId = Branded<'KeyId'>;
/** A board profile such as `led-384x64`. */
export type ProfileId = Branded<'ProfileId'>;

const HEX_64 = /^[0-9a-f]{64}$/;
const NAME = /^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/;

export const isSha256 = (text: string): text is Sha256 => HEX_64.test(text);
export const isKeyId = (text: string): text is KeyId => HEX_64.test(text);
export const isRecordId = (text: string): text is RecordId => NAME.test(text);
export const isSlotId = (text: string): text is SlotId => NAME.test(text);
export const isChannelId = (text: string): text is ChannelId => NAME.test(text);
export const isScreenId = (text: string): text is ScreenId => NAME.test(text);
export const isProfileId = (text: string): text is ProfileId => NAME.test(text);

/** Makes an id from a literal or a value the program itself built; throws on a malformed one. */
export function id<Id extends string>(is: (text: string) => text is Id & string, text: string): Id {
  if (!is(text)) throw new Error(`broken assumption: malformed id ${JSON.stringify(text)}`);
  return text;
}
