import * as z from 'zod/mini';
import { parseJson } from '../../shared/kit/json.ts';
import { recordBody } from '../../shared/protocol/records.ts';
import { instant } from '../../shared/protocol/scalars.ts';

/** What a person typed and has not saved, kept on this computer through reloads and crashes. */
const keptDraft = z.strictObject({
  v: z.literal(2),
  /** The revision it was typed over; null for a record that was never saved. */
  revision: z.nullable(z.int()),
  /** That revision itself, to merge over; null when there was no room for it. */
  base: z.nullable(recordBody),
  /** Whether it holds somebody else's changes beside one's own. */
  merged: z.boolean(),
  body: recordBody,
  at: instant,
});
export type KeptDraft = z.infer<typeof keptDraft>;

/** As the first version of this page kept it. */
const firstKeptDraft = z.strictObject({
  v: z.literal(1),
  revision: z.nullable(z.int()),
  body: recordBody,
  at: instant,
});

/** A draft belongs to a person and a record, or to the person's new one of a kind. */
export function draftName(person: string, record: string): string {
  return `openhall.draft.${person}.${record}`;
}

export function recallDraft(storage: Storage, name: string): KeptDraft | null {
  const value = parseJson(storage.getItem(name) ?? '');
  const parsed = keptDraft.safeParse(value);
  if (parsed.success) return parsed.data;
  const first = firstKeptDraft.safeParse(value);
  return first.success ? { ...first.data, v: 2, base: null, merged: false } : null;
}

/** False when this computer has no room for it: then the page says so. */
export function keepDraft(storage: Storage, name: string, draft: KeptDraft): boolean {
  return store(storage, name, draft) || store(storage, name, { ...draft, base: null });
}

function store(storage: Storage, name: string, draft: KeptDraft): boolean {
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
