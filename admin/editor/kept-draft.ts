import * as z from 'zod/mini';
import { parseJson } from '../../shared/kit/json.ts';
import { recordBody } from '../../shared/protocol/records.ts';
import { instant } from '../../shared/protocol/scalars.ts';

/** What a person typed and has not saved, kept on this computer through reloads and crashes. */
const keptDraft = z.strictObject({
  v: z.literal(1),
  /** The revision it was typed over; null for a record that was never saved. */
  revision: z.nullable(z.int()),
  body: recordBody,
  at: instant,
});
export type KeptDraft = z.infer<typeof keptDraft>;

/** A draft belongs to a person and a record, or to the person's new one of a kind. */
export function draftName(person: string, record: string): string {
  return `openhall.draft.${person}.${record}`;
}

export function recallDraft(storage: Storage, name: string): KeptDraft | null {
  const parsed = keptDraft.safeParse(parseJson(storage.getItem(name) ?? ''));
  return parsed.success ? parsed.data : null;
}

/** False when this computer has no room for it: then the page says so. */
export function keepDraft(storage: Storage, name: string, draft: KeptDraft): boolean {
  try {
    storage.setItem(name, JSON.stringify(draft));
    return true;
  } catch {
    return false; // QuotaExceededError: the text stays on the page, and the page says it is not kept.
  }
}

export function forgetDraft(storage: Storage, name: string): void {
  storage.removeItem(name);
}
