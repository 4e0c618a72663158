import type { ScreenId } from '../../shared/kit/ids.ts';
import type { Report } from '../../shared/protocol/report.ts';
import type { Approval, Tickets } from '../trust/tickets.ts';
import { TICKET_MS } from '../trust/tickets.ts';

/**
 * [TK1] Which connections are a screen's own: one that showed a ticket, or brought a report that
 * the screen's key signed just now. What is proved, is proved for one approval of one key: with
 * another key, or none, the connection is a stranger's again.
 */
export interface Proofs {
  /** What a connection shows when it says which screen it is; what it had proved before is over. */
  greeted(greeting: Bearer & { readonly ticket: string | undefined }, t: number): void;
  /** Whether it proved to be the screen under the key that is approved now. */
  isOwn(connection: string, screen: ScreenId, key: Approval): boolean;
  /** The report came on this connection, and the key was seen to have signed it. */
  signed(bearer: Bearer, report: Pick<Report, 'at' | 'clock'>, t: number): void;
  /** [TK2] Whether the screen there should be given a ticket: it proved itself and has no young one. */
  isToGive(connection: string, t: number): boolean;
  /** A ticket to keep from now on; undefined when what was proved is over. */
  freshTicket(bearer: Bearer, t: number): string | undefined;
  ended(connection: string): void;
  /** Somebody spoke as this screen who is not it: nobody is believed to be it, and no ticket counts. */
  distrust(screen: ScreenId): Promise<void>;
}

/** A connection that says it is a screen, and the key that is approved for that screen. */
interface Bearer {
  readonly connection: string;
  readonly screen: ScreenId;
  readonly key: Approval | null | undefined;
}

interface Proof {
  readonly screen: ScreenId;
  readonly key: Approval;
  /** Of the ticket that the screen holds; -Infinity when it holds none. */
  readonly goodUntil: number;
}

/**
 * A report that was carried about, or caught on its way, may be shown by anybody: only one that was
 * made just now by a clock that is known proves who brings it.
 */
const JUST_NOW_MS = 2 * 60_000;

export function createProofs(tickets: Tickets): Proofs {
  const proofs = new Map<string, Proof>();

  const proofOf = (connection: string, screen: ScreenId, key: Approval): Proof | undefined => {
    const proof = proofs.get(connection);
    return proof?.screen === screen && isSame(proof.key, key) ? proof : undefined;
  };

  return {
    greeted({ connection, screen, ticket, key }, t) {
      proofs.delete(connection);
      if (ticket === undefined || !key) return;
      const goodUntil = tickets.goodUntil(ticket, screen, key, t);
      if (goodUntil !== undefined) proofs.set(connection, { screen, key, goodUntil });
    },
    isOwn: (connection, screen, key) => proofOf(connection, screen, key) !== undefined,
    signed({ connection, screen, key }, { at, clock }, t) {
      if (!key || clock !== 'confirmed' || Math.abs(t - at) > JUST_NOW_MS) return;
      proofs.set(connection, { screen, key, goodUntil: -Infinity });
    },
    isToGive(connection, t) {
      const proof = proofs.get(connection);
      return proof !== undefined && proof.goodUntil - t <= TICKET_MS / 2;
    },
    freshTicket({ connection, screen, key }, t) {
      if (!key || proofOf(connection, screen, key) === undefined) return undefined;
      const { text, goodUntil } = tickets.issue(screen, key, t);
      proofs.set(connection, { screen, key, goodUntil });
      return text;
    },
    ended: (connection) => void proofs.delete(connection),
    async distrust(screen) {
      for (const [connection, proof] of proofs)
        if (proof.screen === screen) proofs.delete(connection);
      await tickets.voidAll();
    },
  };
}

const isSame = (proved: Approval, approved: Approval): boolean =>
  proved.fingerprint === approved.fingerprint && proved.at === approved.at;
