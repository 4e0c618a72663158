import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readConfig } from '../../../board-server/config.ts';
import { furnish } from '../../../board-server/first-start.ts';
import type { Hall } from '../../../board-server/hall.ts';
import { clock, openHall } from '../../../board-server/hall.ts';
import { createLog } from '../../../board-server/log.ts';
import { renderRecord } from '../../../board-server/services/record-rendering.ts';
import type { Change } from '../../../board-server/store/store.ts';
import type { NamedBytes } from '../../../shared/domain/chunks.ts';
import { assert, present } from '../../../shared/kit/assert.ts';
import { id, isRecordId } from '../../../shared/kit/ids.ts';
import type { RecordDocument } from '../../../board-server/services/stored.ts';
import { noticeNumbered } from './notices.ts';

/** The password of every account in a hall made here. */
export const PASSWORD = 'a hall for measuring 2026';

/**
 * A demonstration hall on a real disk with `records` more records approved: rendered, signed, kept
 * and published by the server's own parts, in batches, before any server runs.
 */
export async function makeLargeHall(records: number): Promise<LargeHall> {
  const root = fileURLToPath(new URL('../../..', import.meta.url));
  const folder = await mkdtemp(join(root, 'dist', 'bench-hall-'));
  const config = readConfig({ DATA_DIR: folder, DEMO_PASSWORD: PASSWORD, LOG_LEVEL: 'error' }, []);
  assert(config.ok, 'settings of a bench');
  const log = createLog('error');
  const opened = await openHall(config.value, log);
  assert(opened.ok, 'a data folder on a disk, not in memory');
  const hall = opened.value;
  const furnished = await furnish(hall, config.value, log);
  assert(furnished.ok, 'a furnished hall');
  for (let from = 0; from < records; from += BATCH) {
    await addRecords(hall, from, Math.min(records, from + BATCH));
  }
  const { rootFingerprint } = hall.services.signer;
  await hall.close();
  return { folder, rootFingerprint, remove: () => rm(folder, { recursive: true, force: true }) };
}

export interface LargeHall {
  /** The data folder; its server is not running. */
  readonly folder: string;
  readonly rootFingerprint: string;
  remove(): Promise<void>;
}

const BATCH = 200;

async function addRecords({ store, objects, services }: Hall, from: number, until: number) {
  const { collections, signer } = services;
  const now = clock();
  const by = { id: 'bench', name: '批量导入', post: '' };
  const puts: NonNullable<Change['puts']>[number][] = [];
  const all: NamedBytes[] = [];
  for (let number = from; number < until; number++) {
    const record = id(isRecordId, `bulk-${String(number).padStart(6, '0')}`);
    const fields = noticeNumbered(number, now);
    const draft = { body: { kind: 'notice' as const, fields }, version: 1, publishedOn: null };
    const rendered = await renderRecord(collections, record, draft, now);
    assert(rendered.ok, 'a notice that fits');
    const { item, seal, search, objects: made } = rendered.value;
    all.push(...made);
    const signed = await signer.sign('item', () => item);
    assert(signed.ok, 'a clock to sign by');
    const document: RecordDocument = {
      v: 1,
      ...draft,
      publishedOn: present(item.listing.publishedOn, 'day of publication'),
      standing: { state: 'approved', by, at: now, seal },
      authors: [by],
      changedAt: now,
      changedBy: by,
    };
    puts.push(collections.records.put(record, document));
    puts.push(
      collections.items.put(record, {
        v: 1,
        envelope: signed.value.envelope,
        version: 1,
        search,
        approvedAt: now,
        withdrawn: null,
        revoked: [],
      }),
    );
  }
  const kept = await objects.put(all);
  const committed = await store.commit({ puts });
  assert(kept.ok && committed.ok, 'room for a batch of records');
}
