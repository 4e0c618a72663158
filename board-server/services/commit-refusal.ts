import { unreachable } from '../../shared/kit/assert.ts';
import type { CommitResult } from '../store/store.ts';
import type { RefusedReply } from '../routes/handlers.ts';

/** What a person is told when the store did not take a change; nothing was saved. */
export function refusalOfCommit(result: Extract<CommitResult, { ok: false }>): RefusedReply {
  switch (result.refusal) {
    case 'conflict':
      return { ok: false, refusal: 'conflict', detail: `${result.collection}/${result.id}` };
    case 'full':
      return { ok: false, refusal: 'storage-full' };
    case 'read-only':
      return { ok: false, refusal: 'read-only' };
    default:
      return unreachable(result);
  }
}
