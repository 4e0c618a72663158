import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { heldRoot } from '../../board-server/backup/root-key.ts';
import { digest, isUsableKey, verify } from '../../board-server/trust/digest.ts';
import type { SignerPorts } from '../../board-server/trust/signer.ts';
import { openSigner } from '../../board-server/trust/signer.ts';
import { raiseEpoch } from '../../board-server/trust/roles-file.ts';
import { present } from '../../shared/kit/assert.ts';
import { toBase64 } from '../../shared/kit/bytes.ts';
import { id, isChannelId, isSha256 } from '../../shared/kit/ids.ts';
import type { Head, Lease } from '../../shared/protocol/statements.ts';
import { head as headSchema, roles as rolesSchema } from '../../shared/protocol/statements.ts';
import { open, payloadJson } from '../../shared/trust/envelope.ts';
import { trustedFor, walkRoles } from '../../shared/trust/roles.ts';

const START = Date.UTC(2026, 10, 23, 2);
const MINUTE = 60_000;
const DAY = 86_400_000;

interface Bench {
  readonly ports: SignerPorts;
  readonly clock: { now: number; monotonic: number };
  readonly remembered: { at: number | undefined };
}

const passMonth = ({ clock }: Bench): void => {
  clock.now += 30 * DAY;
  clock.monotonic += 30 * DAY;
};

async function bench(): Promise<Bench> {
  const folder = await mkdtemp(join(tmpdir(), 'keys-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const clock = { now: START, monotonic: 0 };
  const remembered: Bench['remembered'] = { at: undefined };
  const ports: SignerPorts = {
    folder: join(folder, 'keys'),
    clock: () => clock.now,
    monotonic: () => clock.monotonic,
    memory: {
      lastSignedAt: () => remembered.at,
      async remember(at) {
        remembered.at = at;
      },
    },
  };
  return { ports, clock, remembered };
}

const headAt = (at: number): Head => ({
  v: 1,
  channel: id(isChannelId, 'hall'),
  epoch: 1,
  version: 1,
  release: { digest: id(isSha256, 'a'.repeat(64)), bytes: 1 },
  revoked: [],
  activateAt: at,
});

const leaseAt = (at: number): Lease => ({
  v: 1,
  channel: id(isChannelId, 'hall'),
  epoch: 1,
  version: 1,
  head: id(isSha256, 'a'.repeat(64)),
  audit: id(isSha256, 'b'.repeat(64)),
  signedAt: at,
  expires: at + MINUTE,
});

const parse = (value: unknown) => rolesSchema.safeParse(value).data;

describe('keys', () => {
  test('are made at the first start, one for each role, readable by the server’s user alone', async () => {
    const { ports } = await bench();
    await openSigner(ports);
    expect((await stat(ports.folder)).mode & 0o777).toBe(0o700);
    const names = (await readdir(ports.folder)).sort();
    expect(names).toEqual([
      'approve.pem',
      'head.pem',
      'lease.pem',
      'lineup.pem',
      'roles.json',
      'root.pem',
    ]);
    for (const name of names)
      expect((await stat(join(ports.folder, name))).mode & 0o777).toBe(0o600);
    const keys = await Promise.all(
      names.slice(0, 4).map((name) => readFile(join(ports.folder, name), 'utf8')),
    );
    expect(new Set(keys).size).toBe(4);
  });

  test('are the same after a restart, and a copy that everyone could read is closed again', async () => {
    const { ports } = await bench();
    const first = await openSigner(ports);
    await chmod(join(ports.folder, 'head.pem'), 0o644);
    const second = await openSigner(ports);
    expect(second.rootFingerprint).toBe(first.rootFingerprint);
    expect(second.roles).toEqual(first.roles);
    expect((await stat(join(ports.folder, 'head.pem'))).mode & 0o777).toBe(0o600);
  });

  test('[DG2] a foreign, unreadable or lost key names itself and signs nothing; none is made in its place, and the others go on', async () => {
    const { ports } = await bench();
    const { ports: stranger } = await bench();
    expect((await openSigner(ports)).damage).toEqual([]);
    await openSigner(stranger);
    const lease = join(ports.folder, 'lease.pem');
    const foreign = await readFile(join(stranger.folder, 'lease.pem'));
    for (const damage of [
      async () => writeFile(lease, foreign),
      async () => writeFile(lease, 'not a key'),
      async () => rm(lease),
    ]) {
      await damage();
      const signer = await openSigner(ports);
      expect(signer.damage.map(({ file }) => file)).toEqual(['lease.pem']);
      expect(await signer.sign('lease', leaseAt)).toMatchObject({
        ok: false,
        refusal: 'key-missing',
        detail: 'lease.pem',
      });
      expect(await signer.sign('head', headAt)).toMatchObject({ ok: true });
    }
    expect(await readdir(ports.folder)).not.toContain('lease.pem');
  });

  test('[DG2] lost or damaged roles stop the start and name their file once the hall has signed; none are made in their place', async () => {
    const { ports } = await bench();
    const signer = await openSigner(ports);
    await signer.sign('head', headAt);
    const roles = join(ports.folder, 'roles.json');
    await writeFile(roles, '[]');
    await expect(openSigner(ports)).rejects.toThrow('roles.json');
    await rm(roles);
    await expect(openSigner(ports)).rejects.toThrow('roles.json');
    expect(await readdir(ports.folder)).not.toContain('roles.json');
  });

  test('[BK5] a folder restored under this epoch signs items and nothing else, until root opens the next', async () => {
    const { ports } = await bench();
    await openSigner(ports);
    const held = await openSigner({ ...ports, restoredUnder: 1 });
    expect(held.isHeld).toBe(true);
    expect(await held.sign('head', headAt)).toMatchObject({ ok: false, refusal: 'restored' });
    expect(await held.sign('lease', leaseAt)).toMatchObject({ ok: false, refusal: 'restored' });
    const root = present(await heldRoot(ports.folder), 'root key');
    expect(await raiseEpoch(ports.folder, root.key)).toMatchObject({ ok: true });
    const raised = await openSigner({ ...ports, restoredUnder: 1 });
    expect([raised.isHeld, raised.epoch]).toEqual([false, 2]);
    expect(await raised.sign('head', headAt)).toMatchObject({ ok: true });
    const root1 = id(isSha256, held.rootFingerprint);
    const walked = await walkRoles(raised.roles, root1, { digest, verify, parse });
    expect(walked).toMatchObject({ ok: true, value: { roles: { epoch: 2, version: 2 } } });
  });

  test('a first start that was cut short goes on with the keys it had made', async () => {
    const { ports } = await bench();
    const { rootFingerprint } = await openSigner(ports);
    await rm(join(ports.folder, 'roles.json'));
    await rm(join(ports.folder, 'approve.pem'));
    expect((await openSigner(ports)).rootFingerprint).toBe(rootFingerprint);
  });
});

describe('statements', () => {
  test('[TR3] the first roles statement is signed by its own root, and its fingerprint is what a screen pins', async () => {
    const { ports } = await bench();
    const signer = await openSigner(ports);
    const root = id(isSha256, signer.rootFingerprint);
    const walked = await walkRoles(signer.roles, root, { digest, verify, parse });
    expect(walked).toMatchObject({
      ok: true,
      value: { roles: { version: 1, epoch: signer.epoch } },
    });
  });

  test('[TR2] each statement is signed by the key of its own role and by no other', async () => {
    const { ports } = await bench();
    const signer = await openSigner(ports);
    const walked = await walkRoles(signer.roles, undefined, { digest, verify, parse });
    const signed = await signer.sign('head', headAt);
    if (!walked.ok || !signed.ok) throw new Error('not signed');
    const { roles } = walked.value;
    const { envelope } = signed.value;
    const opened = await open(envelope, 'head', trustedFor(roles, 'head'), verify);
    expect(opened.ok && headSchema.parse(payloadJson(opened.value))).toEqual(headAt(START));
    for (const role of ['root', 'lease', 'lineup', 'approve'] as const) {
      const other = await open(envelope, 'head', trustedFor(roles, role), verify);
      expect(other).toMatchObject({ ok: false, refusal: 'unsigned' });
    }
  });

  test('malformed keys and signatures are not usable, and nothing is thrown', async () => {
    const zeros = new Uint8Array(64);
    for (const raw of ['', 'AAAA', toBase64(new Uint8Array(65))]) {
      const key = { alg: 'ecdsa-p256', raw } as const;
      expect(isUsableKey(key)).toBe(false);
      expect(await verify(key, zeros, zeros)).toBe(false);
    }
  });
});

describe('the clock', () => {
  async function refusalAfter(
    change: (bench: Bench) => void,
    started = true,
  ): Promise<string | undefined> {
    const set = await bench();
    const signer = started ? await openSigner(set.ports) : undefined;
    if (signer !== undefined) await signer.sign('head', headAt);
    else {
      await openSigner(set.ports); // Its keys were made when it first ran.
      set.remembered.at = START;
    }
    change(set);
    const signed = await (signer ?? (await openSigner(set.ports))).sign('head', headAt);
    return signed.ok ? undefined : signed.detail;
  }

  test.each([
    ['+10 minutes', 10 * MINUTE, undefined],
    ['+10 minutes and a bit', 10 * MINUTE + 1, 'stepped'],
    ['−10 minutes and a bit', -10 * MINUTE - 1, 'stepped'],
    ['+20 years', 20 * 365 * DAY, 'stepped'],
    ['to 1970', -START, 'stepped'],
  ])('[TR10] a step of %s while it runs', async (_name, step, expected) => {
    expect(await refusalAfter(({ clock }) => void (clock.now += step))).toBe(expected);
  });

  test('[TR10] time that passes is no step, however long', async () => {
    expect(await refusalAfter(passMonth)).toBeUndefined();
  });

  test.each([
    ['an hour behind', -60 * MINUTE, 'behind'],
    ['at 1970', -START, 'behind'],
    ['seven days later', 7 * DAY, undefined],
    ['more than seven days later', 7 * DAY + 1, 'ahead'],
  ])('[TR10] a start %s its last signature', async (_name, step, expected) => {
    expect(await refusalAfter(({ clock }) => void (clock.now += step), false)).toBe(expected);
  });

  test('[TR10] a clock that jumps back to where it was stays suspect until someone confirms it', async () => {
    const { ports, clock, remembered } = await bench();
    const signer = await openSigner(ports);
    clock.now += DAY;
    expect(signer.suspicion()).toBe('stepped');
    clock.now -= DAY;
    expect(await signer.sign('head', headAt)).toMatchObject({
      ok: false,
      refusal: 'clock-suspect',
    });
    await signer.confirmClock();
    expect(remembered.at).toBe(START);
    expect(await signer.sign('head', headAt)).toMatchObject({ ok: true });
  });

  test('[TR10] the instant of signing is remembered to the minute, over restarts', async () => {
    const { ports, clock, remembered } = await bench();
    const signer = await openSigner(ports);
    for (const seconds of [0, 59, 60, 119, 121]) {
      clock.now = START + seconds * 1000;
      clock.monotonic = seconds * 1000;
      await signer.sign('head', headAt);
    }
    expect(remembered.at).toBe(START + 121_000);
  });
});
