import type { ScreenId } from '../../shared/kit/ids.ts';
import type { Ack } from '../../shared/protocol/screen.ts';
import { report as reportSchema } from '../../shared/protocol/statements.ts';
import { open, parseEnvelope, payloadJson } from '../../shared/trust/envelope.ts';
import { equalData } from '../../shared/kit/equal.ts';
import type { Store } from '../store/store.ts';
import { verify } from '../trust/digest.ts';
import type { Collections, ReportDocument } from './stored.ts';

/**
 * [SC3] What screens say of themselves: counted only when signed with the key a person approved,
 * and only in order. The newest is in memory; it is stored when it says something new.
 */
export interface Reports {
  /** `via`: it did not come from the screen itself but was carried here. */
  receive(screen: ScreenId, envelope: string, t: number, via?: 'stick'): Promise<Ack>;
  newest(screen: string): ReportDocument | undefined;
}

export function createReports(deps: {
  readonly store: Store;
  readonly collections: Pick<Collections, 'screens' | 'reports'>;
  readonly changed: (screen: ScreenId) => void;
  readonly log: (message: string, error?: unknown) => void;
}): Reports {
  const { store, changed, log } = deps;
  const { screens, reports } = deps.collections;
  const newest = new Map<string, ReportDocument>();

  const newestOf = (screen: string): ReportDocument | undefined => {
    const document = newest.get(screen) ?? reports.get(screen)?.value;
    // A report of a key that is no longer the screen's says nothing about the screen.
    return document?.fingerprint === screens.get(screen)?.value.key?.fingerprint
      ? document
      : undefined;
  };

  return {
    newest: newestOf,
    async receive(screen, envelope, t, via) {
      const key = screens.get(screen)?.value.key;
      if (key === undefined) return refuse('unknown-screen');
      if (key === null || !isSignedBy(envelope, key.fingerprint)) return refuse('unknown-key');
      const trusted = { keys: { [key.fingerprint]: key.publicKey }, threshold: 1 };
      const payload = await open(envelope, 'report', trusted, verify);
      if (!payload.ok) return refuse(payload.refusal === 'unsigned' ? 'unsigned' : 'malformed');
      const parsed = reportSchema.safeParse(payloadJson(payload.value));
      if (!parsed.success || parsed.data.screen !== screen) return refuse('malformed');
      const before = newestOf(screen);
      if (before !== undefined && parsed.data.seq <= before.report.seq) return refuse('stale');
      const document: ReportDocument = {
        v: 1,
        fingerprint: key.fingerprint,
        report: parsed.data,
        receivedAt: t,
        ...(via === undefined ? {} : { via }),
      };
      newest.set(screen, document);
      if (before !== undefined && !saysNew(before, document)) return { ok: true };
      changed(screen);
      // A report that is not stored is made again within a minute; a full disk must not refuse it.
      const kept = await store.commit({ puts: [reports.put(screen, document)] });
      if (!kept.ok) log(`a report was not kept: ${kept.refusal}`);
      return { ok: true };
    },
  };
}

type AckRefusal = Extract<Ack, { readonly ok: false }>['refusal'];
const refuse = (refusal: AckRefusal): Ack => ({ ok: false, refusal });

function isSignedBy(envelope: string, fingerprint: string): boolean {
  const parsed = parseEnvelope(envelope);
  return parsed.ok && parsed.value.signatures.some(({ keyid }) => keyid === fingerprint);
}

function saysNew(known: ReportDocument, news: ReportDocument): boolean {
  if (known.via !== undefined || news.via !== undefined) return true;
  const [before, after] = [known.report, news.report];
  return !(
    equalData(before.channels, after.channels) &&
    before.showing === after.showing &&
    before.clock === after.clock &&
    before.shell === after.shell
  );
}
