import type { Action } from '../../shared/domain/policy.ts';
import type { RecordId } from '../../shared/kit/ids.ts';
import type { Result } from '../../shared/kit/result.ts';
import { accepted, refused } from '../../shared/kit/result.ts';
import type { AuditAction } from '../../shared/protocol/audit.ts';
import type { RecordDetail } from '../../shared/protocol/records.ts';
import type { Announcer } from '../live/announcer.ts';
import type { RefusedReply, Reply, RequestContext, SignedIn } from '../routes/handlers.ts';
import type { Change, Store } from '../store/store.ts';
import type { ApprovedItems } from './approved-items.ts';
import { audited } from './audit.ts';
import type { Kept } from './collection.ts';
import { refusalOfCommit } from './commit-refusal.ts';
import { departmentOf, detailOf } from './record-views.ts';
import type { Collections, RecordDocument } from './stored.ts';

/** What everything done to a record has in common: who may reach it, and how it is kept. */
export interface RecordDesk {
  /** The record, when this person may do `action` to it; the revision too, when one is named. */
  reach(
    context: RequestContext,
    record: RecordId,
    action: Action,
    revision?: number,
  ): ReachedRecord | RefusedReply;
  /** Commits the next state of a record with its audit entry and whatever goes with it. */
  keep(change: RecordChange): Promise<Reply<undefined>>;
  show(context: RequestContext, record: RecordId): Reply<RecordDetail>;
}

export type ReachedRecord = Extract<
  Result<{ readonly kept: Kept<RecordDocument>; readonly actor: SignedIn }, never>,
  { ok: true }
>;

export interface RecordChange {
  readonly record: RecordId;
  /** 0 for a record that must not exist yet. */
  readonly revision: number;
  readonly document: RecordDocument;
  readonly actor: SignedIn;
  readonly action: AuditAction;
  readonly detail?: string;
  readonly puts?: Change['puts'];
  readonly ifVersions?: Change['ifVersions'];
}

export function createRecordDesk(deps: {
  readonly store: Store;
  readonly collections: Pick<Collections, 'records'>;
  readonly items: ApprovedItems;
  readonly announcer: Pick<Announcer, 'changed'>;
}): RecordDesk {
  const { store, items, announcer } = deps;
  const { records } = deps.collections;
  return {
    reach(context, record, action, revision) {
      const kept = records.get(record);
      if (kept === undefined) return refused('not-found', record);
      const may = context.require(action, departmentOf(kept.value));
      if (!may.ok) return may;
      if (revision !== undefined && revision !== kept.revision) return conflictWith(kept);
      return accepted({ kept, actor: may.value });
    },

    async keep({
      record,
      revision,
      document,
      actor,
      action,
      detail = '',
      puts = [],
      ifVersions = [],
    }) {
      const committed = await store.commit({
        puts: [records.put(record, document), ...puts],
        ifVersions: [records.expect(record, revision), ...ifVersions],
        appends: [audited({ by: actor.personRef, action, subject: `record:${record}`, detail })],
      });
      if (!committed.ok) {
        const now = records.get(record);
        return committed.refusal === 'conflict' && now !== undefined
          ? conflictWith(now)
          : refusalOfCommit(committed);
      }
      announcer.changed({ topic: 'records', id: record });
      return accepted(undefined);
    },

    show(context, record) {
      const kept = records.get(record);
      if (kept === undefined) return refused('not-found', record);
      const may = context.require('record.read', departmentOf(kept.value));
      if (!may.ok) return may;
      return accepted(detailOf(kept, items, may.value, context.now()));
    },
  };
}

/** [WF4] Says which revision is there now and whose it is, so that the second can compare. */
function conflictWith({ id: record, revision, value }: Kept<RecordDocument>): RefusedReply {
  const { changedAt, changedBy } = value;
  return {
    ...refused('conflict', `record:${record}`),
    findings: [{ revision, changedAt, changedBy }],
  };
}
