import { accepted } from '../../shared/kit/result.ts';
import type { ObjectStore } from '../objects/object-store.ts';
import type { Reply } from '../routes/handlers.ts';

/** Keeps objects durably, or says in a reply's words why it could not. */
export async function keepObjects(
  objects: Pick<ObjectStore, 'put'>,
  made: Parameters<ObjectStore['put']>[0],
): Promise<Reply<undefined>> {
  const kept = await objects.put(made);
  if (kept.ok) return accepted(undefined);
  return { ok: false, refusal: kept.refusal === 'full' ? 'storage-full' : 'read-only' };
}
