import type { ScreenId } from '../../shared/kit/ids.ts';
import { accepted, refused } from '../../shared/kit/result.ts';
import type { ReceiptView } from '../../shared/protocol/routes.ts';
import { hasPainted } from '../../shared/protocol/screen-state.ts';
import { report as reportSchema } from '../../shared/protocol/report.ts';
import type { Receipt } from '../../shared/protocol/stick.ts';
import { open, payloadJson } from '../../shared/trust/envelope.ts';
import type {
  Handlers,
  RefusedReply,
  Reply,
  RequestContext,
  SignedIn,
} from '../routes/handlers.ts';
import type { Store } from '../store/store.ts';
import { verify } from '../trust/digest.ts';
import { audited } from './audit.ts';
import { refusalOfCommit } from './commit-refusal.ts';
import type { Outages } from './outages.ts';
import { paintedIn } from './outages.ts';
import type { NotKept } from './kept-reports.ts';
import type { Reports, Taken } from './reports.ts';
import type { KeyDeps } from './screen-keys.ts';
import { fingerprintOf, keepKey } from './screen-keys.ts';
import type { ScreenView } from './screen-views.ts';

export interface ReceiptDeps extends Pick<
  KeyDeps,
  'store' | 'collections' | 'pairing' | 'announcer' | 'changed'
> {
  readonly store: Store;
  readonly reports: Reports;
  readonly outages: Pick<Outages, 'carried'>;
  readonly view: (screen: ScreenId, t: number) => ScreenView | undefined;
}

/** [SK7] A report that was carried: known key and growing count, like any other. */
export function createReceiptHandlers(deps: ReceiptDeps): Pick<Handlers, 'takeReceipt'> {
  const { store, collections, reports } = deps;
  return {
    async takeReceipt(context, { receipt, fingerprint }) {
      const may = context.require('receipt.take', null);
      if (!may.ok) return may;
      const { screen } = receipt;
      const kept = collections.screens.get(screen);
      if (kept === undefined) return refused('not-found', screen);
      const own = await signedBy(receipt);
      if (own === undefined) return refused('receipt-forged', screen);
      const { name } = kept.value;
      if (kept.value.key === null) {
        if (fingerprint === undefined)
          return accepted({ state: 'unknown-key', screen, name, fingerprint: own });
        const approved = await approveKey(deps, context, receipt, own, fingerprint);
        if (!approved.ok) return approved;
      }
      // It may have just been approved.
      const key = collections.screens.get(screen)?.value.key;
      if (!key) return refused('receipt-key', screen);
      const t = context.now();
      const known = reports.newest(screen);
      const before = known === undefined ? null : paintedIn(known.said);
      const taken = await reports.carried(screen, key, receipt.report, t);
      if (!taken.ok) return refusalOf(taken, screen);
      deps.outages.carried(screen, { ...taken.value, painted: paintedIn(taken.value) }, before, t);
      const logged = await log(store, may.value, screen);
      if (!logged.ok) return logged;
      const view = deps.view(screen, context.now());
      if (view === undefined) return refused('not-found', screen);
      const at = view.receiptAt ?? context.now();
      return accepted({ state: 'taken', screen, name, at, current: hasPainted(view) });
    },
  };
}

type Fingerprint = NonNullable<ReturnType<typeof fingerprintOf>>;

/** The fingerprint of the key in the receipt, if its report is signed by it and of that screen. */
async function signedBy({ key, report, screen }: Receipt): Promise<Fingerprint | undefined> {
  const fingerprint = fingerprintOf(key);
  if (fingerprint === undefined) return undefined;
  const trusted = { keys: { [fingerprint]: key }, threshold: 1 };
  const payload = await open(report, 'report', trusted, verify);
  const said = payload.ok ? reportSchema.safeParse(payloadJson(payload.value)).data : undefined;
  return said?.screen === screen ? fingerprint : undefined;
}

/** What a person compared is what is approved. A key that was approved before is never replaced. */
async function approveKey(
  deps: ReceiptDeps,
  context: RequestContext,
  { screen, key }: Receipt,
  own: Fingerprint,
  compared: Fingerprint,
): Promise<Reply<{ ok: true }>> {
  const may = context.require('screen.pair', null);
  if (!may.ok) return may;
  if (compared !== own) return refused('changed', screen);
  const kept = deps.collections.screens.get(screen);
  if (kept === undefined) return refused('not-found', screen);
  const approved = { fingerprint: own, publicKey: key, at: context.now() };
  const done = await keepKey(deps, kept, screen, approved, may.value, 'screen.pair', own);
  // The same key may wait from when the screen had a line.
  const waiting = deps.pairing.waiting(screen, context.now());
  if (done.ok && waiting?.fingerprint === own) deps.pairing.take(screen);
  return done;
}

async function log(
  store: Store,
  { personRef: by }: SignedIn,
  screen: Receipt['screen'],
): Promise<Reply<undefined>> {
  const entry = audited({ by, action: 'screen.receipt', subject: `screen:${screen}` });
  const committed = await store.commit({ appends: [entry] });
  return committed.ok ? accepted(undefined) : refusalOfCommit(committed);
}

function refusalOf(
  taken: Extract<Taken | NotKept, { ok: false }>,
  screen: ReceiptView['screen'],
): RefusedReply {
  switch (taken.refusal) {
    case 'unknown-key':
      return refused('receipt-key', screen);
    case 'stale':
      return refused('receipt-old', screen);
    case 'unknown-screen':
      return refused('not-found', screen);
    case 'busy':
      return refused('busy', screen);
    case 'unsigned':
    case 'malformed':
      return refused('receipt-forged', screen);
    case 'conflict':
    case 'full':
    case 'read-only':
      return refusalOfCommit(taken);
  }
}
