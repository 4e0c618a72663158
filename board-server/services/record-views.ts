import type { Actor } from '../../shared/domain/policy.ts';
import { allows } from '../../shared/domain/policy.ts';
import { UTC } from '../../shared/domain/civil.ts';
import { id, isRecordId } from '../../shared/kit/ids.ts';
import type { Publicity, RecordDetail, RecordSummary } from '../../shared/protocol/records.ts';
import { withKind } from '../../shared/records/registry.ts';
import type { Approved, ApprovedItems } from './approved-items.ts';
import type { Kept } from './collection.ts';
import type { RecordDocument } from './stored.ts';

/** What a list shows of a record at `t`. */
export function summaryOf(
  { id: name, revision, value }: Kept<RecordDocument>,
  items: ApprovedItems,
  t: number,
): RecordSummary {
  const approved = items.get(id(isRecordId, name));
  const publicity = publicityOf(items, approved, t);
  return {
    id: id(isRecordId, name),
    kind: value.body.kind,
    title: value.body.fields.title,
    category: categoryOf(value),
    department: departmentOf(value),
    revision,
    changedAt: value.changedAt,
    changedBy: value.changedBy,
    standing: value.standing,
    publicity,
    latestAt: publicity.state === 'published' ? (approved?.item.latestAt ?? null) : null,
  };
}

/** One record with everything its page needs, for one person. */
export function detailOf(
  kept: Kept<RecordDocument>,
  items: ApprovedItems,
  actor: Actor,
  t: number,
): RecordDetail {
  const { body, authors, version } = kept.value;
  const summary = summaryOf(kept, items, t);
  const approved = items.get(summary.id);
  return {
    ...summary,
    body,
    authors,
    version,
    findings: withKind(body, (kind, fields) => [...kind.check(fields)]),
    may: mayOf(summary, kept.value, approved, actor),
  };
}

export function departmentOf({ body }: Pick<RecordDocument, 'body'>): string {
  return withKind(body, (kind, fields) => kind.department(fields));
}

/** A category does not depend on where and when; the listing it stands in does. */
function categoryOf({ body }: RecordDocument): string {
  return withKind(
    body,
    (kind, fields) => kind.listing(fields, { zone: UTC, publishedOn: null }).category,
  );
}

/** What the public sees of a record at `t`. */
export function publicityOf(
  items: Pick<ApprovedItems, 'outcomeOf'>,
  approved: Approved | undefined,
  t: number,
): Publicity {
  if (approved === undefined) return { state: 'never' };
  const outcome = items.outcomeOf(approved);
  const { item, approvedAt, withdrawn } = approved;
  const { version, latestAt } = item;
  if (withdrawn !== null)
    return { state: outcome === 'out' ? 'withdrawn' : 'withdrawing', version, ...withdrawn };
  if (latestAt !== null && latestAt <= t) return { state: 'expired', version, at: latestAt };
  if (outcome !== 'out') return { state: 'held', version, at: approvedAt, why: outcome };
  return { state: 'published', version, at: approvedAt };
}

/** The policy table and the workflow together; the routes ask both again. */
function mayOf(
  { department, publicity }: RecordSummary,
  { standing, authors }: RecordDocument,
  approved: Approved | undefined,
  actor: Actor,
): RecordDetail['may'] {
  const isPublished = publicity.state === 'published';
  // A version before it may still be on screen.
  const isApproved = isPublished || publicity.state === 'held';
  const isAuthor = authors.some((author) => author.id === actor.person);
  const isOpen = standing.state === 'draft' || standing.state === 'returned';
  return {
    edit: allows(actor, 'record.edit', department),
    submit: isOpen && allows(actor, 'record.submit', department),
    review:
      standing.state === 'submitted' && !isAuthor && allows(actor, 'record.review', department),
    withdraw: isApproved && allows(actor, 'record.withdraw', department),
    interrupt:
      isPublished &&
      approved?.item.carriers.includes('board') === true &&
      allows(actor, 'programme.interrupt', department),
  };
}
