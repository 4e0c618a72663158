import { toHex } from '../../shared/kit/bytes.ts';
import type { SlotId } from '../../shared/kit/ids.ts';
import { id, isSlotId } from '../../shared/kit/ids.ts';

/** An id made here, so that a request sent twice makes one slot. */
export function newSlotId(): SlotId {
  return id(isSlotId, `s-${toHex(crypto.getRandomValues(new Uint8Array(8)))}`);
}
