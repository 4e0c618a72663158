import type { Actor } from '../../shared/domain/policy.ts';
import { allows } from '../../shared/domain/policy.ts';
import type { RecordId } from '../../shared/kit/ids.ts';
import { id, isRecordId } from '../../shared/kit/ids.ts';
import type { InputOf, OutputOf } from '../../shared/protocol/routes.ts';
import { withKind } from '../../shared/records/registry.ts';
import { foldForSearch } from '../../shared/records/search.ts';
import type { ApprovedItems } from './approved-items.ts';
import type { Kept } from './collection.ts';
import type { Collections, RecordDocument } from './stored.ts';
import { departmentOf, publicityOf, summaryOf } from './record-views.ts';

const PAGE_RECORDS = 50;

/** One page of the records this person may read, newest change first. */
export function listRecords(
  { records, items }: { readonly records: Collections['records']; readonly items: ApprovedItems },
  actor: Actor,
  { search, kind, state, after }: InputOf<'records'>,
  t: number,
): OutputOf<'records'> {
  const words = foldForSearch((search ?? '').trim());
  const found = records
    .list()
    .filter(
      (kept) =>
        allows(actor, 'record.read', departmentOf(kept.value)) &&
        (kind === undefined || kept.value.body.kind === kind) &&
        (state === undefined || isIn(state, kept, items, t)) &&
        (words === '' || namesOf(kept.value).includes(words)),
    )
    .sort(newestFirst);
  const from = after === undefined ? 0 : indexAfter(found, after);
  const page = found.slice(from, from + PAGE_RECORDS);
  const last = from + page.length < found.length ? page.at(-1) : undefined;
  return {
    records: page.map((kept) => summaryOf(kept, items, t)),
    next: last === undefined ? null : cursorOf(last),
    total: found.length,
  };
}

/** How the newest version stands, or what the public sees. */
function isIn(
  state: NonNullable<InputOf<'records'>['state']>,
  kept: Kept<RecordDocument>,
  items: ApprovedItems,
  t: number,
): boolean {
  const publicity = publicityOf(items, items.get(recordIdOf(kept)), t);
  return kept.value.standing.state === state || publicity.state === state;
}

const names = new WeakMap<RecordDocument, string>();

/** What a list is searched by: title, issuers, department; folded once. */
function namesOf(record: RecordDocument): string {
  const known = names.get(record);
  if (known !== undefined) return known;
  const text = withKind(
    record.body,
    (kind, fields) => `${kind.searchNames(fields)}\n${kind.department(fields)}`,
  );
  const folded = foldForSearch(text);
  names.set(record, folded);
  return folded;
}

function newestFirst(a: Kept<RecordDocument>, b: Kept<RecordDocument>): number {
  return b.value.changedAt - a.value.changedAt || (a.id < b.id ? -1 : 1);
}

/** `changedAt~id`: a place in the order that stays where it is when records come and go. */
const cursorOf = ({ id: name, value }: Kept<RecordDocument>): string =>
  `${value.changedAt}~${name}`;

function indexAfter(found: readonly Kept<RecordDocument>[], cursor: string): number {
  const [at = '', name = ''] = cursor.split('~');
  const index = found.findIndex(
    ({ id: other, value }) =>
      value.changedAt < Number(at) || (value.changedAt === Number(at) && other > name),
  );
  return index === -1 ? found.length : index;
}

function recordIdOf({ id: name }: Kept<RecordDocument>): RecordId {
  return id(isRecordId, name);
}
