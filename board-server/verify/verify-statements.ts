import type { Item, ObjectRef } from '../../shared/domain/release.ts';
import { item as itemSchema } from '../../shared/protocol/objects.ts';
import type { RoleName, Roles } from '../../shared/protocol/statements.ts';
import type { StatementType } from '../../shared/trust/envelope.ts';
import { open, payloadJson } from '../../shared/trust/envelope.ts';
import { trustedFor } from '../../shared/trust/roles.ts';
import type { Collections } from '../services/stored.ts';
import { documentPath } from '../store/document-file.ts';
import { verify } from '../trust/digest.ts';
import type { Finding } from './finding.ts';

/** An object that something names, and the file that does. */
export interface Named {
  readonly ref: ObjectRef;
  readonly by: string;
}

export interface VerifiedStatements {
  readonly named: readonly Named[];
  readonly findings: readonly Finding[];
}

/** [DG3] Every signature in the documents, and what the signed statements name. */
export async function verifyStatements(
  collections: Pick<Collections, 'items' | 'channels' | 'leases' | 'screens'>,
  roles: Roles,
): Promise<VerifiedStatements> {
  const { items, channels, leases, screens } = collections;
  const findings: Finding[] = [];
  const named: Named[] = [];
  const check = async (type: Signed, collection: string, id: string, envelope: string) => {
    const file = `store/documents/${documentPath({ collection, id })}`;
    const payload = await openAs(type, envelope, roles);
    if (payload === undefined) findings.push({ kind: 'signature', file, detail: type });
    return { file, payload };
  };
  for (const { id, value } of items.list()) {
    const { file, payload } = await check('item', 'items', id, value.envelope);
    const item = itemSchema.safeParse(payload).data;
    if (item !== undefined && value.withdrawn === null)
      named.push(...refsOf(item).map((ref) => ({ ref, by: file })));
  }
  for (const { id, value } of channels.list()) {
    const { file } = await check('head', 'channels', id, value.envelope);
    named.push({ ref: value.head.release, by: file });
  }
  for (const { id, value } of leases.list()) await check('lease', 'leases', id, value.envelope);
  for (const { id, value } of screens.list())
    await check('lineup', 'screens', id, value.lineup.envelope);
  return { named, findings };
}

/** Views and pages that an item's renderings are. */
export function refsOf({ view, boards }: Item): ObjectRef[] {
  return [view, ...Object.values(boards).map(({ pages }) => pages)];
}

type Signed = StatementType & ('item' | 'head' | 'lease' | 'lineup');

const ROLE_OF: Readonly<Record<Signed, RoleName>> = {
  item: 'approve',
  head: 'head',
  lease: 'lease',
  lineup: 'lineup',
};

/** The payload, when it is signed by whoever may sign it. */
export async function openAs(type: Signed, envelope: string, roles: Roles): Promise<unknown> {
  const opened = await open(envelope, type, trustedFor(roles, ROLE_OF[type]), verify);
  return opened.ok ? payloadJson(opened.value) : undefined;
}
