import { fromBase64 } from '../../shared/kit/bytes.ts';
import { equalData } from '../../shared/kit/equal.ts';
import type { ScreenId } from '../../shared/kit/ids.ts';
import type { Result } from '../../shared/kit/result.ts';
import { accepted, refused } from '../../shared/kit/result.ts';
import type { Ack } from '../../shared/protocol/screen.ts';
import type { Report } from '../../shared/protocol/report.ts';
import { pae, splitEnvelope, typeName } from '../../shared/trust/envelope.ts';
import { verify } from '../trust/digest.ts';
import type { HeardReport, KeptReports, NotKept, SignedReport } from './kept-reports.ts';
import { heardFrom } from './kept-reports.ts';
import type { Collections, ScreenDocument, StoredReport } from './stored.ts';

/**
 * [SC3] What screens say of themselves: counted only from the key a person approved, and only in
 * order.
 */
export interface Reports {
  /** `key` is the one approved now. Taken at once when `how` asks for no look at the signature. */
  receive(
    screen: ScreenId,
    key: ApprovedKey,
    envelope: string,
    t: number,
    how: How,
  ): Taken | Promise<Taken>;
  /** [SK7] One that somebody carried here; taken once it is durable, so that its stick may be emptied. */
  carried(
    screen: ScreenId,
    key: ApprovedKey,
    envelope: string,
    t: number,
  ): Promise<Taken | NotKept>;
  newest(screen: string): HeardReport | undefined;
  /** [TK3] Looks at the signature of the newest one, once: a wrong one counts for nothing from then on. */
  look(screen: ScreenId): Promise<void>;
  /** Whether the newest one was found to bear a wrong signature. */
  isForged(screen: string): boolean;
}

/**
 * - `own`: on a connection that is the screen's own, so its signature is kept for later. [TK1]
 * - `stranger`: on one that has proved nothing yet.
 */
export type How = 'own' | 'stranger';

/** What was taken, or why it was not. */
export type Taken = Result<Report, AckRefusal>;
type AckRefusal = Extract<Ack, { readonly ok: false }>['refusal'];

export type ApprovedKey = NonNullable<ScreenDocument['key']>;

export interface ReportDeps {
  readonly screens: Collections['screens'];
  readonly kept: KeptReports;
  readonly changed: (screen: ScreenId) => void;
  /** Somebody spoke as this screen who does not hold its key. */
  readonly forged: (screen: ScreenId) => void;
}

export function createReports({ screens, kept, changed, forged }: ReportDeps): Reports {
  /** Those of this run whose signature was looked at, and what it was; never those of `own`. */
  const looked: Looked = new WeakMap();
  const { keyOf, keptBy, newestBy, isForged } = keptBeside({ screens, kept, looked });

  function keep(screen: ScreenId, key: ApprovedKey, news: SignedReport): Taken {
    const heard = heardFrom(news);
    if (heard?.said.screen !== screen) return refused('malformed');
    const { said } = heard;
    const before = newestBy(screen, key);
    if (before !== undefined && said.seq <= before.said.seq) return refused('stale');
    const isCarried = before?.stored.via !== undefined || news.via !== undefined;
    const isLasting = before === undefined || isCarried || !saysTheSame(before.said, said);
    kept.set(screen, heard, isLasting);
    if (isLasting || before.said.showing !== said.showing) changed(screen);
    return accepted(said);
  }

  /** [TR1] Looks at the signature before anything is read from what it covers. */
  async function keepSigned(screen: ScreenId, key: ApprovedKey, news: SignedReport) {
    if (!(await isSigned(key, news))) return refused('unsigned' as const);
    const taken = keep(screen, key, news);
    if (taken.ok) looked.set(news, 'right');
    return taken;
  }

  async function keepCarried(screen: ScreenId, key: ApprovedKey, news: SignedReport) {
    if (!(await isSigned(key, news))) return refused('unsigned' as const);
    const before = kept.get(screen);
    const taken = keep(screen, key, news);
    if (!taken.ok) return taken;
    looked.set(news, 'right');
    const failed = await kept.flush();
    if (failed === undefined) return taken;
    kept.takeBack(screen, news, before);
    changed(screen);
    return failed;
  }

  async function look(screen: ScreenId): Promise<void> {
    const key = keyOf(screen);
    const stored = keptBy(screen, key)?.stored;
    if (!key || stored === undefined || 'report' in stored || looked.has(stored)) return;
    const isRight = await isSigned(key, stored);
    looked.set(stored, isRight ? 'right' : 'wrong');
    if (isRight) return;
    forged(screen);
    changed(screen);
  }

  return {
    newest: (screen) => newestBy(screen, keyOf(screen)),
    receive(screen, key, envelope, t, how) {
      const arrived = signedBy(key, envelope, t);
      return arrived.ok ? (how === 'own' ? keep : keepSigned)(screen, key, arrived.value) : arrived;
    },
    async carried(screen, key, envelope, t) {
      const arrived = signedBy(key, envelope, t);
      return arrived.ok ? keepCarried(screen, key, { ...arrived.value, via: 'stick' }) : arrived;
    },
    look,
    isForged,
  };
}

type Looked = WeakMap<StoredReport, 'right' | 'wrong'>;

/** What is kept of a screen, beside the key that counts for it now. */
function keptBeside(deps: Pick<ReportDeps, 'screens' | 'kept'> & { readonly looked: Looked }) {
  const { screens, kept, looked } = deps;
  const keyOf = (screen: string): ScreenDocument['key'] | undefined =>
    screens.get(screen)?.value.key;
  /** A report of a key that is no longer the screen's says nothing about the screen. */
  const keptBy = (screen: string, key: ReturnType<typeof keyOf>): HeardReport | undefined => {
    const report = kept.get(screen);
    return report?.stored.fingerprint === key?.fingerprint ? report : undefined;
  };
  const newestBy = (screen: string, key: ReturnType<typeof keyOf>) => {
    const report = keptBy(screen, key);
    return report === undefined || looked.get(report.stored) === 'wrong' ? undefined : report;
  };
  const isForged = (screen: string): boolean => {
    const report = keptBy(screen, keyOf(screen));
    return report !== undefined && looked.get(report.stored) === 'wrong';
  };
  return { keyOf, keptBy, newestBy, isForged };
}

/** What the key signed. An envelope without this key's signature is a stranger's, whatever else. */
function signedBy(
  { fingerprint }: ApprovedKey,
  envelope: string,
  receivedAt: number,
): Result<SignedReport, 'unknown-key' | 'malformed'> {
  const split = splitEnvelope(envelope);
  const own = split.ok && split.value.signatures.find(({ keyid }) => keyid === fingerprint);
  if (!split.ok || !own) return refused('unknown-key');
  const { type, payload } = split.value;
  if (type !== REPORT) return refused('malformed');
  return accepted({ fingerprint, receivedAt, payload, signature: own.sig });
}

const REPORT = typeName('report');

/** [TK3] Whether the key made the signature that a report was kept with. */
export async function isSigned(
  { publicKey }: Pick<ApprovedKey, 'publicKey'>,
  { payload, signature }: Pick<SignedReport, 'payload' | 'signature'>,
): Promise<boolean> {
  const [bytes, sig] = [fromBase64(payload), fromBase64(signature)];
  return bytes !== undefined && sig !== undefined && verify(publicKey, pae(REPORT, bytes), sig);
}

/** But for the item on the glass, which changes all day and is worth nothing after a restart. */
function saysTheSame(before: Report, after: Report): boolean {
  return (
    equalData(before.channels, after.channels) &&
    before.clock === after.clock &&
    before.shell === after.shell
  );
}
