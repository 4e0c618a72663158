import type { Item } from '../domain/release.ts';
import { equalData } from '../kit/equal.ts';
import { canonicalBytes } from '../kit/json.ts';
import { accepted, refused } from '../kit/result.ts';
import { item as itemSchema } from '../protocol/objects.ts';
import type { Roles } from '../protocol/statements.ts';
import type { Digest, Verify } from '../trust/digest.ts';
import { open, payloadJson } from '../trust/envelope.ts';
import { trustedFor } from '../trust/roles.ts';
import type { EntryChecks, Searchable } from './run.ts';

/** Remembers what it verified by the text verified, for as long as the roles stay. */
export function createEntryChecks(
  roles: Roles,
  { digest, verify }: { readonly digest: Digest; readonly verify: Verify },
): EntryChecks {
  const trusted = trustedFor(roles, 'approve');
  const items = new Map<string, Item>();
  const searchables = new Map<string, Searchable>();
  return {
    forget() {
      items.clear();
      searchables.clear();
    },
    async item(envelope) {
      const known = items.get(envelope);
      if (known !== undefined) return accepted(known);
      const opened = await open(envelope, 'item', trusted, verify);
      if (!opened.ok) return refused(opened.refusal === 'unsigned' ? 'unsigned' : 'bad-object');
      const item = itemSchema.safeParse(payloadJson(opened.value));
      if (!item.success) return refused('bad-object');
      if (item.data.audience !== 'public') return refused('not-public');
      items.set(envelope, item.data);
      return accepted(item.data);
    },
    async searchable(entry) {
      const known = searchables.get(entry.key);
      if (known !== undefined && equalData(known.entry, entry)) return known;
      const searchable = { entry, digest: await digest(canonicalBytes(entry)) };
      searchables.set(entry.key, searchable);
      return searchable;
    },
  };
}
