import { present } from '../../shared/kit/assert.ts';
import type { Sha256 } from '../../shared/kit/ids.ts';
import { id, isSha256 } from '../../shared/kit/ids.ts';
import { canonicalBytes } from '../../shared/kit/json.ts';
import { accepted } from '../../shared/kit/result.ts';
import type { AuditStatement } from '../../shared/protocol/audit.ts';
import type { InputOf, OutputOf } from '../../shared/protocol/routes.ts';
import type { Handlers } from '../routes/handlers.ts';
import { EMPTY_LOG } from '../store/chain.ts';
import type { LogHead, Store } from '../store/store.ts';
import { sha256Of } from '../trust/digest.ts';
import type { Signer } from '../trust/signer.ts';
import type { AuditIndex } from './audit-index.ts';
import { AUDIT, audited } from './audit.ts';
import { refusalOfCommit } from './commit-refusal.ts';
import type { Collections } from './stored.ts';
import { HALL } from './stored.ts';

interface ExportDeps {
  readonly store: Store;
  readonly index: Pick<AuditIndex, 'range'>;
  readonly signer: Pick<Signer, 'sign' | 'roles'>;
  readonly halls: Collections['halls'];
}

/**
 * [AD2] The log, or a period of it, as a file that is checked with the root's fingerprint alone.
 * [AD6] That it was taken is the last thing it says.
 */
export function createAuditExportHandlers(deps: ExportDeps): Pick<Handlers, 'auditExport'> {
  const { store, signer, halls } = deps;
  return {
    async auditExport(context, period) {
      const may = context.require('audit.read', null);
      if (!may.ok) return may;
      const by = may.value.personRef;
      const event = audited({ by, action: 'audit.export', subject: 'server' });
      const committed = await store.commit({ appends: [event] });
      if (!committed.ok) return refusalOfCommit(committed);
      const bounds = await boundsOf(deps, period);
      const roles = [...signer.roles];
      const signed = await signer.sign('audit', (at) => ({
        v: 1,
        hall: present(halls.get(HALL), 'hall').value.card.name,
        signedAt: at,
        roles: sha256Of(canonicalBytes(roles)),
        period: { from: period.from ?? null, until: period.until ?? null },
        ...bounds,
      }));
      if (!signed.ok) return signed;
      const { payload, envelope } = signed.value;
      const name = `openhall-audit-${payload.first.seq}-${payload.last.seq}.jsonl`;
      return {
        ...accepted({ format: 'openhall-audit', v: 1, statement: envelope, roles }),
        file: { name, lines: linesOf(store, payload) },
      };
    },
  };
}

type Bounds = Pick<AuditStatement, 'first' | 'last' | 'head'>;

async function boundsOf(
  { store, index }: ExportDeps,
  period: InputOf<'auditExport'>,
): Promise<Bounds> {
  const now = store.head(AUDIT);
  const head = { seq: now.seq, hash: hashOf(now) };
  const asked = period.from !== undefined || period.until !== undefined;
  const range = asked ? await index.range(period) : { first: 1, last: head.seq };
  // The index may have read on; what is exported ends where the statement says that the log stood.
  if (range === undefined || range.first > head.seq)
    return { first: { seq: head.seq + 1, prev: head.hash }, last: head, head };
  const last = Math.min(range.last, head.seq);
  const [first] = await store.read(AUDIT, { from: range.first, limit: 1 });
  const [end] = await store.read(AUDIT, { from: last, limit: 1 });
  return {
    first: { seq: range.first, prev: id(isSha256, first?.prev ?? EMPTY_LOG.hash) },
    last: { seq: last, hash: end === undefined ? head.hash : hashOf(end) },
    head,
  };
}

const hashOf = ({ hash }: LogHead): Sha256 => id(isSha256, hash);

type Line = OutputOf<'auditExport'>;

const PIECE_ENTRIES = 500;

/** Entries lost to damage are missing here as they are in the log; a check names them. */
async function* linesOf(store: Store, { first, last }: AuditStatement): AsyncGenerator<Line> {
  for (let from = first.seq; from <= last.seq;) {
    const piece = await store.read(AUDIT, { from, limit: PIECE_ENTRIES });
    for (const { seq, at, value, prev, hash } of piece) {
      if (seq > last.seq) return;
      yield { log: AUDIT, seq, at, value, prev: id(isSha256, prev), hash: id(isSha256, hash) };
    }
    from = (piece.at(-1)?.seq ?? last.seq) + 1;
  }
}
