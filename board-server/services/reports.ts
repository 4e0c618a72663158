import type { ScreenId } from '../../shared/kit/ids.ts';
import type { Ack } from '../../shared/protocol/screen.ts';
import { report as reportSchema } from '../../shared/protocol/statements.ts';
import type { EnvelopeRefusal } from '../../shared/trust/envelope.ts';
import { open, parseEnvelope, payloadJson } from '../../shared/trust/envelope.ts';
import { equalData } from '../../shared/kit/equal.ts';
import { verify } from '../trust/digest.ts';
import type { KeptReports } from './kept-reports.ts';
import type { Collections, ReportDocument } from './stored.ts';

/**
 * [SC3] What screens say of themselves: counted only when signed with the key a person approved,
 * and only in order.
 */
export interface Reports {
  /** `via`: it did not come from the screen itself but was carried here. */
  receive(screen: ScreenId, envelope: string, t: number, via?: 'stick'): Promise<Ack>;
  newest(screen: string): ReportDocument | undefined;
}

export function createReports(deps: {
  readonly screens: Collections['screens'];
  readonly kept: KeptReports;
  readonly changed: (screen: ScreenId) => void;
}): Reports {
  const { screens, kept, changed } = deps;

  const newestOf = (screen: string): ReportDocument | undefined => {
    const document = kept.get(screen);
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
      if (key === null) return refuse('unknown-key');
      const { fingerprint, publicKey } = key;
      const trusted = { keys: { [fingerprint]: publicKey }, threshold: 1 };
      const payload = await open(envelope, 'report', trusted, verify);
      if (!payload.ok) return refuse(refusalOf(payload.refusal, envelope, fingerprint));
      const parsed = reportSchema.safeParse(payloadJson(payload.value));
      if (!parsed.success || parsed.data.screen !== screen) return refuse('malformed');
      const before = newestOf(screen);
      if (before !== undefined && parsed.data.seq <= before.report.seq) return refuse('stale');
      const document: ReportDocument = {
        v: 1,
        fingerprint,
        report: parsed.data,
        receivedAt: t,
        ...(via === undefined ? {} : { via }),
      };
      const isLasting = before === undefined || !saysTheSame(before, document);
      kept.set(screen, document, isLasting);
      if (via !== undefined) await kept.flush();
      if (isLasting || before.report.showing !== document.report.showing) changed(screen);
      return { ok: true };
    },
  };
}

type AckRefusal = Extract<Ack, { readonly ok: false }>['refusal'];
const refuse = (refusal: AckRefusal): Ack => ({ ok: false, refusal });

/** An envelope without this key's signature is a stranger's, whatever else is wrong with it. */
function refusalOf(refusal: EnvelopeRefusal, envelope: string, fingerprint: string): AckRefusal {
  const parsed = parseEnvelope(envelope);
  const named = parsed.ok && parsed.value.signatures.some(({ keyid }) => keyid === fingerprint);
  if (!named) return 'unknown-key';
  return refusal === 'unsigned' ? 'unsigned' : 'malformed';
}

/** But for the item on the glass, which changes all day and is worth nothing after a restart. */
function saysTheSame(known: ReportDocument, news: ReportDocument): boolean {
  if (known.via !== undefined || news.via !== undefined) return false;
  const [before, after] = [known.report, news.report];
  return (
    equalData(before.channels, after.channels) &&
    before.clock === after.clock &&
    before.shell === after.shell
  );
}
