import { parseEnvelope } from '../../shared/trust/envelope.ts';
import type { ObjectStore } from '../objects/object-store.ts';
import type { Store } from '../store/store.ts';
import { sha256Of } from '../trust/digest.ts';
import type { Approved } from './approved-items.ts';
import { audited, SYSTEM } from './audit.ts';
import { renderRecord } from './record-rendering.ts';
import type { Collections } from './stored.ts';

/**
 * [SY3] The renderings of approved items. One that was found damaged is made again from its record,
 * as long as what that gives is what was approved, to the byte: the seal tells.
 */
export interface Renderings {
  /** Makes again what is missing of these; resolves to the items for which that cannot be done. */
  mend(items: readonly Approved[], t: number): Promise<ReadonlySet<Approved>>;
  /** Whether something is missing that was not given up yet. */
  needMending(items: readonly Approved[]): boolean;
}

export function createRenderings(deps: {
  readonly store: Store;
  readonly collections: Pick<Collections, 'records' | 'halls'>;
  readonly objects: Pick<ObjectStore, 'put' | 'has' | 'losses'>;
  readonly log: (message: string, error?: unknown) => void;
}): Renderings {
  const { store, collections, objects, log } = deps;
  const givenUp = new WeakSet<Approved>();
  let whole = new WeakSet<Approved>();
  let losses = objects.losses();

  /** Looked up once for each item, and anew when the store has lost something. */
  function isWhole(approved: Approved): boolean {
    if (losses !== objects.losses()) [whole, losses] = [new WeakSet(), objects.losses()];
    if (whole.has(approved)) return true;
    const { view, boards } = approved.item;
    const refs = [view, ...Object.values(boards).map(({ pages }) => pages)];
    if (!refs.every(({ digest }) => objects.has(digest))) return false;
    whole.add(approved);
    return true;
  }

  async function remake({ item, envelope }: Approved, t: number): Promise<Outcome> {
    const record = collections.records.get(item.record)?.value;
    if (record === undefined) return 'another';
    const approved = { ...record, version: item.version };
    const rendered = await renderRecord(collections, item.record, approved, t);
    if (!rendered.ok || rendered.value.seal !== sealOf(envelope)) return 'another';
    const kept = await objects.put(rendered.value.objects);
    return kept.ok ? 'made' : kept.refusal;
  }

  async function giveUp(approved: Approved): Promise<void> {
    givenUp.add(approved);
    const { record, version } = approved.item;
    log(
      `a rendering of ${record}/${version} is damaged and its record has changed: it is left out`,
    );
    const event = { by: SYSTEM, action: 'record.damage', subject: `record:${record}` } as const;
    await store.commit({ appends: [audited({ ...event, detail: String(version) })] });
  }

  return {
    async mend(items, t) {
      const lost = new Set<Approved>();
      for (const approved of items) {
        if (isWhole(approved)) continue;
        const outcome = await remake(approved, t);
        if (outcome === 'made') continue;
        lost.add(approved);
        if (outcome === 'another' && !givenUp.has(approved)) await giveUp(approved);
      }
      return lost;
    },
    needMending: (items) => items.some((approved) => !givenUp.has(approved) && !isWhole(approved)),
  };
}

/** `another`: the record no longer is what was approved. Anything else may go better next time. */
type Outcome = 'made' | 'another' | 'full' | 'read-only';

/** The digest of the very bytes that were signed. */
function sealOf(envelope: string): string | undefined {
  const parsed = parseEnvelope(envelope);
  return parsed.ok ? sha256Of(parsed.value.payload) : undefined;
}
