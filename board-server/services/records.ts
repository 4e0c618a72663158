import { edit } from '../../shared/domain/workflow.ts';
import { equalData } from '../../shared/kit/equal.ts';
import type { RecordId } from '../../shared/kit/ids.ts';
import { id, isRecordId } from '../../shared/kit/ids.ts';
import { accepted, refused } from '../../shared/kit/result.ts';
import type { PersonRef, RecordBody, RecordDetail } from '../../shared/protocol/records.ts';
import type { InputOf, OutputOf } from '../../shared/protocol/routes.ts';
import type { Handlers, Reply, RequestContext } from '../routes/handlers.ts';
import type { ApprovedItems } from './approved-items.ts';
import type { RecordDesk } from './record-desk.ts';
import { listRecords } from './record-list.ts';
import { renderRecord, today } from './record-rendering.ts';
import { departmentOf } from './record-views.ts';
import type { Collections, RecordDocument } from './stored.ts';

type Owned = 'records' | 'record' | 'createRecord' | 'saveRecord' | 'previewRecord';

export interface RecordDeps {
  readonly collections: Pick<Collections, 'records' | 'halls'>;
  readonly items: ApprovedItems;
  readonly desk: RecordDesk;
  /** Bytes nobody can foretell. */
  readonly random: (bytes: number) => Uint8Array;
}

/** Writing: lists, drafts, saves and previews. What happens after a draft is in record-review. */
export function createRecordHandlers(deps: RecordDeps): Pick<Handlers, Owned> {
  return {
    async records(context, input) {
      const may = context.require('record.read', null);
      if (!may.ok) return may;
      const { collections, items } = deps;
      const shown = { records: collections.records, items };
      return accepted(listRecords(shown, may.value, input, context.now()));
    },
    record: async (context, { id: record }) => deps.desk.show(context, record),
    createRecord: (context, { body }) => createRecord(deps, context, body),
    saveRecord: (context, input) => saveRecord(deps, context, input),
    previewRecord: (context, { id: record }) => previewRecord(deps, context, record),
  };
}

async function createRecord(
  { collections, desk, random }: RecordDeps,
  context: RequestContext,
  body: RecordBody,
): Promise<Reply<RecordDetail>> {
  const may = context.require('record.create', departmentOf({ body }));
  if (!may.ok) return may;
  const now = context.now();
  const day = today(collections, now).replaceAll('-', '');
  const record = id(isRecordId, `${day}-${Buffer.from(random(5)).toString('hex')}`);
  const kept = await desk.keep({
    record,
    revision: 0,
    document: newDraft(body, may.value.personRef, now),
    actor: may.value,
    action: 'record.create',
    detail: body.fields.title,
  });
  return kept.ok ? desk.show(context, record) : kept;
}

async function saveRecord(
  { desk }: RecordDeps,
  context: RequestContext,
  { id: record, revision, body, merged = false }: InputOf<'saveRecord'>,
): Promise<Reply<RecordDetail>> {
  const reached = desk.reach(context, record, 'record.edit', revision);
  if (!reached.ok) return reached;
  const { kept, actor } = reached.value;
  if (body.kind !== kept.value.body.kind) return refused('malformed', 'body.kind');
  // [PO2] Nobody hands a record to a department that they could not have written it for.
  const may = context.require('record.edit', departmentOf({ body }));
  if (!may.ok) return may;
  if (equalData(body, kept.value.body)) return desk.show(context, record);
  const saved = await desk.keep({
    record,
    revision,
    document: edited(kept.value, body, actor.personRef, context.now()),
    actor,
    action: merged ? 'record.merge' : 'record.edit',
    detail: body.fields.title,
  });
  return saved.ok ? desk.show(context, record) : saved;
}

async function previewRecord(
  { collections, desk }: RecordDeps,
  context: RequestContext,
  record: RecordId,
): Promise<Reply<OutputOf<'previewRecord'>>> {
  const reached = desk.reach(context, record, 'record.read');
  if (!reached.ok) return reached;
  const rendered = await renderRecord(collections, record, reached.value.kept.value, context.now());
  if (!rendered.ok) return rendered;
  const { seal, view, item, pages } = rendered.value;
  const listing = { ...item.listing, issuers: [...item.listing.issuers] };
  return accepted({ seal, view, listing, boards: pages });
}

function newDraft(body: RecordBody, by: PersonRef, at: number): RecordDocument {
  return {
    v: 1,
    body,
    standing: { state: 'draft' },
    authors: [by],
    version: 1,
    publishedOn: null,
    changedAt: at,
    changedBy: by,
  };
}

/** [WF1] Back to draft; what was approved stays as it is, and a new version begins with its own authors. */
function edited(
  before: RecordDocument,
  body: RecordBody,
  by: PersonRef,
  at: number,
): RecordDocument {
  const isNext = before.standing.state === 'approved';
  const earlier = isNext ? [] : before.authors;
  const { authors } = edit(
    { standing: { state: 'draft' }, authors: earlier.map((author) => author.id) },
    by.id,
  );
  const people = new Map([...earlier, by].map((person) => [person.id, person]));
  return {
    ...before,
    body,
    standing: { state: 'draft' },
    authors: authors.flatMap((author) => people.get(author) ?? []),
    version: isNext ? before.version + 1 : before.version,
    changedAt: at,
    changedBy: by,
  };
}
