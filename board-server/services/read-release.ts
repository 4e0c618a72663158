import type * as z from 'zod/mini';
import type { Item } from '../../shared/domain/release.ts';
import { fromUtf8 } from '../../shared/kit/bytes.ts';
import type { Sha256 } from '../../shared/kit/ids.ts';
import { parseJson } from '../../shared/kit/json.ts';
import { item as itemSchema } from '../../shared/protocol/objects.ts';
import { parseEnvelope, payloadJson } from '../../shared/trust/envelope.ts';
import type { ObjectStore } from '../objects/object-store.ts';

/** Reading one's own release back: what is not as it was written is a fault, not an answer. */
export type Objects = Pick<ObjectStore, 'read'>;

export async function readObject<Value>(
  objects: Objects,
  digest: Sha256,
  schema: z.ZodMiniType<Value>,
): Promise<Value> {
  return schema.parse(await readJson(objects, digest));
}

export async function readJson(objects: Objects, digest: Sha256): Promise<unknown> {
  const object = await objects.read(digest);
  if (object === undefined)
    throw new Error(`an object of the release is damaged or missing: ${digest}`);
  return parseJson(fromUtf8(object.bytes) ?? '');
}

export function itemIn(envelope: string): Item {
  const parsed = parseEnvelope(envelope);
  return itemSchema.parse(parsed.ok ? payloadJson(parsed.value.payload) : undefined);
}
