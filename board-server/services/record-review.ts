import type { Item } from '../../shared/domain/release.ts';
import type { Standing, Versioned } from '../../shared/domain/workflow.ts';
import { approve, sendBack, submit } from '../../shared/domain/workflow.ts';
import { present } from '../../shared/kit/assert.ts';
import type { RecordId, Sha256 } from '../../shared/kit/ids.ts';
import { id, isRecordId } from '../../shared/kit/ids.ts';
import { refused } from '../../shared/kit/result.ts';
import type { PersonRef, RecordDetail } from '../../shared/protocol/records.ts';
import { withKind } from '../../shared/records/registry.ts';
import type { ObjectStore } from '../objects/object-store.ts';
import type { Handlers, Reply, RequestContext } from '../routes/handlers.ts';
import type { Signer } from '../trust/signer.ts';
import type { ApprovedItems } from './approved-items.ts';
import { keepObjects } from './keep-objects.ts';
import type { Publishing } from './publishing.ts';
import { notOut } from './publishing.ts';
import type { ReachedRecord, RecordDesk } from './record-desk.ts';
import { renderRecord, today } from './record-rendering.ts';
import { publicityOf } from './record-views.ts';
import type { Collections, ItemDocument, RecordDocument } from './stored.ts';

type Owned = 'submitRecord' | 'approveRecord' | 'returnRecord' | 'withdrawRecord';

export interface ReviewDeps {
  readonly collections: Pick<Collections, 'records' | 'items' | 'halls'>;
  readonly items: ApprovedItems;
  readonly desk: RecordDesk;
  readonly objects: Pick<ObjectStore, 'put'>;
  readonly signer: Pick<Signer, 'sign'>;
  readonly publishing: Pick<Publishing, 'publish'>;
}

/** From a finished draft to the screens, and off them again. */
export function createReviewHandlers(deps: ReviewDeps): Pick<Handlers, Owned> {
  return {
    submitRecord: (context, { id, revision }) => submitRecord(deps, context, id, revision),
    approveRecord: (context, { id, seal }) => approveRecord(deps, context, id, seal),
    returnRecord: (context, { id, reason }) => returnRecord(deps, context, id, reason),
    withdrawRecord: (context, { id, reason }) =>
      withdrawRecord(deps, context, id, reason?.trim() ?? ''),
  };
}

async function submitRecord(
  { desk, collections }: ReviewDeps,
  context: RequestContext,
  record: RecordId,
  revision: number,
): Promise<Reply<RecordDetail>> {
  const reached = desk.reach(context, record, 'record.submit', revision);
  if (!reached.ok) return reached;
  const { kept, actor } = reached.value;
  const findings = withKind(kept.value.body, (kind, fields) => kind.check(fields));
  if (findings.some(({ level }) => level === 'block'))
    return { ...refused('incomplete', record), findings };
  const now = context.now();
  const rendered = await renderRecord(collections, record, kept.value, now);
  if (!rendered.ok) return rendered;
  if (rendered.value.item.audience !== 'public') return refused('not-public', record);
  if (isOver(rendered.value.item, now)) return refused('over', record);
  const next = submit(versionedOf(kept.value), actor.person, now, rendered.value.seal);
  if (!next.ok) return next;
  const document = standingAs(kept.value, next.value.standing, actor.personRef, now);
  const saved = await desk.keep({
    record,
    revision: kept.revision,
    document,
    actor,
    action: 'record.submit',
  });
  return saved.ok ? desk.show(context, record) : saved;
}

/**
 * [WF3] Approves what was seen: the record is rendered again, and the seal of that must be the one
 * the reviewer looked at. The signed item, the record and the audit entry are one commit.
 */
async function approveRecord(
  deps: ReviewDeps,
  context: RequestContext,
  record: RecordId,
  seen: Sha256,
): Promise<Reply<RecordDetail>> {
  const { desk, collections, objects, signer, publishing } = deps;
  const reached = desk.reach(context, record, 'record.review');
  if (!reached.ok) return reached;
  const { kept, actor } = reached.value;
  const now = context.now();
  const rendered = await renderRecord(collections, record, kept.value, now);
  if (!rendered.ok) return rendered;
  const { item, seal, search, payload, objects: made } = rendered.value;
  const next = approve(resealed(versionedOf(kept.value), seal), actor.person, now, seen);
  if (!next.ok) return next;
  if (item.audience !== 'public') return refused('not-public', record); // [RL5]
  if (isOver(item, now)) return refused('over', record);
  // [RE1] The log names the seal, so what it binds is kept under that name.
  const stored = await keepObjects(objects, [...made, { bytes: payload }]);
  if (!stored.ok) return stored;
  const signed = await signer.sign('item', () => item);
  if (!signed.ok) return signed;
  const before = collections.items.get(record);
  const approved: ItemDocument = {
    v: 1,
    envelope: signed.value.envelope,
    version: item.version,
    search,
    approvedAt: now,
    withdrawn: null,
    revoked: before?.value.revoked ?? [],
  };
  const document = {
    ...standingAs(kept.value, next.value.standing, actor.personRef, now),
    publishedOn: kept.value.publishedOn ?? today(collections, now),
  };
  const saved = await desk.keep({
    record,
    revision: kept.revision,
    document,
    actor,
    action: 'record.approve',
    detail: `${item.version} ${seal}`,
    puts: [collections.items.put(record, approved)],
    ifVersions: [collections.items.expect(record, before?.revision ?? 0)],
  });
  if (!saved.ok) return saved;
  const published = await publishing.publish({
    by: actor.personRef,
    reason: `record.approve ${record}`,
  });
  return published.ok ? desk.show(context, record) : notOut(published);
}

/** [WF7] Whether its time had passed before anybody could see it. */
const isOver = ({ latestAt }: Item, now: number): boolean => latestAt !== null && latestAt <= now;

async function returnRecord(
  { desk }: ReviewDeps,
  context: RequestContext,
  record: RecordId,
  reason: string,
): Promise<Reply<RecordDetail>> {
  const reached = desk.reach(context, record, 'record.review');
  if (!reached.ok) return reached;
  const { kept, actor } = reached.value;
  const now = context.now();
  const next = sendBack(versionedOf(kept.value), actor.person, now, reason);
  if (!next.ok) return next;
  const document = standingAs(kept.value, next.value.standing, actor.personRef, now);
  const saved = await desk.keep({
    record,
    revision: kept.revision,
    document,
    actor,
    action: 'record.return',
    detail: reason,
  });
  return saved.ok ? desk.show(context, record) : saved;
}

/** Off every screen at once. The record itself stays as it stands; a new version may follow. */
async function withdrawRecord(
  deps: ReviewDeps,
  context: RequestContext,
  record: RecordId,
  reason: string,
): Promise<Reply<RecordDetail>> {
  const { desk, collections, items, publishing } = deps;
  const reached = desk.reach(context, record, 'record.withdraw');
  if (!reached.ok) return reached;
  const { kept, actor } = reached.value;
  const now = context.now();
  const out = collections.items.get(record);
  const { state } = publicityOf(items, items.get(record), now);
  if (out === undefined || state === 'never' || state === 'expired')
    return refused('not-published', record);
  const { version, revoked, withdrawn: before } = out.value;
  if (before !== null) {
    if (reason === '') return refused('not-published', record);
    return noteReason(deps, context, reached.value, { ...before, reason });
  }
  const withdrawn: ItemDocument = {
    ...out.value,
    withdrawn: { at: now, by: actor.personRef, reason },
    revoked: [...revoked, { version, at: now }],
  };
  const saved = await desk.keep({
    record,
    revision: kept.revision,
    document: kept.value,
    actor,
    action: 'record.withdraw',
    detail: `${version} ${reason}`,
    puts: [collections.items.put(record, withdrawn)],
    ifVersions: [collections.items.expect(record, out.revision)],
  });
  if (!saved.ok) return saved;
  const published = await publishing.publish({
    by: actor.personRef,
    reason: `record.withdraw ${record}`,
  });
  return published.ok ? desk.show(context, record) : notOut(published);
}

/** Nobody has to type before something is down: who took it down says why when there is time. */
async function noteReason(
  { desk, collections }: ReviewDeps,
  context: RequestContext,
  { kept, actor }: ReachedRecord['value'],
  withdrawn: NonNullable<ItemDocument['withdrawn']>,
): Promise<Reply<RecordDetail>> {
  const record = id(isRecordId, kept.id);
  const out = present(collections.items.get(record), 'withdrawn item');
  const saved = await desk.keep({
    record,
    revision: kept.revision,
    document: kept.value,
    actor,
    action: 'record.withdraw-reason',
    detail: `${out.value.version} ${withdrawn.reason}`,
    puts: [collections.items.put(record, { ...out.value, withdrawn })],
    ifVersions: [collections.items.expect(record, out.revision)],
  });
  return saved.ok ? desk.show(context, record) : saved;
}

/** The workflow knows people by id alone. */
function versionedOf({ standing, authors }: RecordDocument): Versioned {
  return {
    standing: standing.state === 'draft' ? standing : { ...standing, by: standing.by.id },
    authors: authors.map(({ id }) => id),
  };
}

/** The submission with the seal its text has now: another day of publication is another seal. */
function resealed(version: Versioned, seal: Sha256): Versioned {
  const { standing } = version;
  return standing.state === 'submitted' ? { ...version, standing: { ...standing, seal } } : version;
}

/** The record after a step that `by` has just taken. */
function standingAs(
  before: RecordDocument,
  standing: Standing,
  by: PersonRef,
  at: number,
): RecordDocument {
  return {
    ...before,
    standing: standing.state === 'draft' ? standing : { ...standing, by },
    changedAt: at,
    changedBy: by,
  };
}
