import { parseJson } from '../../shared/kit/json.ts';
import type { Receipt } from '../../shared/protocol/stick.ts';
import { receipt } from '../../shared/protocol/stick.ts';

/** The receipt in a file or in the text of a scanned code; undefined when it is none. */
export function readReceipt(text: string): Receipt | undefined {
  return receipt.safeParse(parseJson(text.trim())).data;
}
