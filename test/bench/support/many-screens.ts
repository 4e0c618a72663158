import { generateKeyPairSync } from 'node:crypto';
import { readConfig } from '../../../board-server/config.ts';
import { clock, openHall } from '../../../board-server/hall.ts';
import { createLog } from '../../../board-server/log.ts';
import type { ScreenDocument } from '../../../board-server/services/stored.ts';
import { CHANNEL } from '../../../board-server/services/publication.ts';
import type { Change } from '../../../board-server/store/store.ts';
import { rawKeyOf, sha256Of } from '../../../board-server/trust/digest.ts';
import { assert } from '../../../shared/kit/assert.ts';
import { toBase64 } from '../../../shared/kit/bytes.ts';
import type { KeyId, ScreenId } from '../../../shared/kit/ids.ts';
import { id, isKeyId, isScreenId } from '../../../shared/kit/ids.ts';
import type { Device } from '../../../shared/protocol/statements.ts';
import type { PublicKey } from '../../../shared/trust/digest.ts';
import type { LargeHall } from './large-hall.ts';

/** A screen of a full list: registered and paired, its key in the hands of the bench. */
export interface KeyedScreen {
  readonly screen: ScreenId;
  /** The private key as PKCS #8, base64, so that it can be told to another process. */
  readonly pkcs8: string;
  readonly fingerprint: KeyId;
  readonly publicKey: PublicKey;
}

/**
 * Registers and pairs `count` screens in a data folder whose server is not running. All share 50
 * keys in turn: what a signature costs to check does not depend on whose it is.
 */
export async function addScreens({ folder }: LargeHall, count: number): Promise<KeyedScreen[]> {
  const config = readConfig({ DATA_DIR: folder, LOG_LEVEL: 'error' }, []);
  assert(config.ok, 'settings of a bench');
  const opened = await openHall(config.value, createLog('error'));
  assert(opened.ok, 'a data folder on a disk, not in memory');
  const { store, services } = opened.value;
  const { collections, signer } = services;
  const keys = Array.from({ length: KEYS }, makeKey);
  const screens: KeyedScreen[] = [];
  for (let from = 0; from < count; from += BATCH) {
    const puts: NonNullable<Change['puts']>[number][] = [];
    for (let number = from; number < Math.min(count, from + BATCH); number++) {
      const screen = id(isScreenId, `kiosk-${String(number).padStart(5, '0')}`);
      const key = keys[number % KEYS];
      assert(key !== undefined, 'a key for each');
      const signed = await signer.sign('lineup', () => ({
        v: 1,
        epoch: signer.epoch,
        version: 1,
        screen,
        name: nameOf(number),
        device: TOUCH,
        sections: ['touch', 'search'],
        channels: [{ channel: CHANNEL, cap: 'interrupt' }],
      }));
      assert(signed.ok, 'a clock to sign by');
      const document: ScreenDocument = {
        v: 1,
        name: nameOf(number),
        device: TOUCH,
        lineup: { epoch: signer.epoch, version: 1, envelope: signed.value.envelope },
        key: { fingerprint: key.fingerprint, publicKey: key.publicKey, at: clock() },
      };
      puts.push(collections.screens.put(screen, document));
      screens.push({ screen, ...key });
    }
    const committed = await store.commit({ puts });
    assert(committed.ok, 'room for screens');
  }
  await opened.value.close();
  return screens;
}

const KEYS = 50;
const BATCH = 500;
const TOUCH: Device = {
  kind: 'touch',
  widthPx: 1080,
  heightPx: 1920,
  diagonalInches: 43,
  bottomMm: 800,
};

const TOWNS = [
  '安肃镇',
  '崔庄镇',
  '大因镇',
  '遂城镇',
  '高林村镇',
  '大王店镇',
  '漕河镇',
  '东史端镇',
];
const nameOf = (number: number): string =>
  `${TOWNS[number % TOWNS.length] ?? ''}便民服务站${number}号触摸屏`;

function makeKey() {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const raw = rawKeyOf(publicKey.export({ format: 'der', type: 'spki' }), 'ecdsa-p256');
  return {
    fingerprint: id(isKeyId, sha256Of(raw)),
    publicKey: { alg: 'ecdsa-p256' as const, raw: toBase64(raw) },
    pkcs8: privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64'),
  };
}
