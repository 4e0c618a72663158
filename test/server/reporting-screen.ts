import { createSign, generateKeyPairSync } from 'node:crypto';
import { CHANNEL } from '../../board-server/services/publication.ts';
import { rawKeyOf, sha256Of } from '../../board-server/trust/digest.ts';
import { toBase64 } from '../../shared/kit/bytes.ts';
import { id, isKeyId, isProfileId, isScreenId } from '../../shared/kit/ids.ts';
import { canonicalBytes } from '../../shared/kit/json.ts';
import type { Report } from '../../shared/protocol/report.ts';
import type { Receipt } from '../../shared/protocol/stick.ts';
import { seal } from '../../shared/trust/envelope.ts';
import type { ServiceHall } from './service-hall.ts';
import { as, headOf, valueOf } from './service-hall.ts';

/** A board that a person paired, and what it does of itself. */
export interface ReportingScreen {
  connect(hall: ServiceHall, connection?: string): void;
  disconnect(hall: ServiceHall, connection?: string): void;
  /** Says that it painted the head that is out, at this instant unless another is given. */
  painted(hall: ServiceHall, at?: number): Promise<void>;
  /** [SK7] What it would give to a stick now. */
  receipt(hall: ServiceHall, paintedAt: number, changes?: Partial<Report>): Promise<Receipt>;
  /** Runs another build from now on. */
  runs(shell: string): void;
  /** Says that it has not painted anything. */
  blank(hall: ServiceHall): Promise<void>;
}

export async function reportingScreen(
  hall: ServiceHall,
  { name = '门口条屏', screen = 'led-door', profile = 'led-384x64' } = {},
): Promise<ReportingScreen> {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const raw = rawKeyOf(publicKey.export({ format: 'der', type: 'spki' }), 'ecdsa-p256');
  const keyid = id(isKeyId, sha256Of(raw));
  const key = {
    keyid,
    sign: async (bytes: Uint8Array<ArrayBuffer>) =>
      Uint8Array.from(
        createSign('sha256').update(bytes).sign({ key: privateKey, dsaEncoding: 'ieee-p1363' }),
      ),
  };
  const itself = id(isScreenId, screen);
  const manager = as(hall, 'manager');
  const device = { kind: 'board', profile: id(isProfileId, profile) } as const;
  valueOf(await hall.handlers.putScreen(manager, { id: itself, name, device }));
  const offered = { alg: 'ecdsa-p256', raw: toBase64(raw) } as const;
  valueOf(await hall.handlers.pairScreen(manager, { screen: itself, key: offered }));
  valueOf(await hall.handlers.approveScreen(manager, { id: itself, fingerprint: keyid }));
  let seq = 0;
  let shell = 'shell-1';

  function write(
    on: ServiceHall,
    paintedAt: number | null,
    changes: Partial<Report> = {},
  ): Promise<string> {
    const { epoch, version } = headOf(on);
    const painted = paintedAt === null ? null : { epoch, version, at: paintedAt };
    const report: Report = {
      v: 1,
      screen: itself,
      seq: ++seq,
      at: on.clock.now,
      clock: 'confirmed',
      shell,
      channels: [{ channel: CHANNEL, accepted: { epoch, version }, painted, problem: null }],
      showing: null,
      ...changes,
    };
    return seal('report', canonicalBytes(report), [key]);
  }

  async function say(on: ServiceHall, paintedAt: number | null): Promise<void> {
    const answer = await on.screens.port.report(itself, 'socket', await write(on, paintedAt));
    if (!answer.ok) throw new Error(`refused: ${answer.refusal}`);
  }

  return {
    connect: (on, connection = 'socket') => on.screens.port.connected(itself, connection),
    disconnect: (on, connection = 'socket') => on.screens.port.disconnected(itself, connection),
    painted: (on, at = on.clock.now) => say(on, at),
    runs: (build) => void (shell = build),
    blank: (on) => say(on, null),
    receipt: async (on, paintedAt, changes) => ({
      v: 1,
      screen: itself,
      key: offered,
      report: await write(on, paintedAt, changes),
    }),
  };
}
