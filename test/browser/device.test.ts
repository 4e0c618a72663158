import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { digest, openVerify } from '../../kiosk/device/crypto.ts';
import type { Database } from '../../kiosk/device/database.ts';
import { isFull, openDatabase } from '../../kiosk/device/database.ts';
import { openDeviceKey } from '../../kiosk/device/device-key.ts';
import { missingFeatures } from '../../kiosk/device/floor.ts';
import {
  databaseNotebook,
  databaseShelf,
  localNotebook,
  storagesOf,
} from '../../kiosk/device/storage.ts';
import { __vitePreload } from '../../kiosk/device/styled-import.ts';
import { fetchUpstream } from '../../kiosk/device/upstream.ts';
import { present } from '../../shared/kit/assert.ts';
import { toBase64, utf8 } from '../../shared/kit/bytes.ts';
import { id, isScreenId } from '../../shared/kit/ids.ts';
import { openLibrary } from '../../shared/sync/library.ts';
import { open, seal } from '../../shared/trust/envelope.ts';

/** The device's ports in a real Chromium. */
const NAME = 'openhall-1-test';
let database: Database;

beforeEach(async () => {
  database = present(await openDatabase(NAME), 'database');
});

afterEach(async () => {
  vi.restoreAllMocks();
  database.close();
  await new Promise((resolve) =>
    indexedDB.deleteDatabase(NAME).addEventListener('success', resolve),
  );
  localStorage.clear();
});

const object = async (text: string) => ({ digest: await digest(utf8(text)), bytes: utf8(text) });

describe('storage', () => {
  test('[SY2] objects and notes are written with strict durability and outlive the connection', async () => {
    const opened = vi.spyOn(IDBDatabase.prototype, 'transaction');
    const water = await object('停水公告');
    expect(await databaseShelf(database).put([water])).toBe('stored');
    expect(await databaseNotebook(database).write('current', 'pointer')).toBe('stored');
    expect(opened.mock.results.map(({ value }) => (value as IDBTransaction).durability)).toEqual([
      'strict',
      'strict',
    ]);
    database.close();
    database = present(await openDatabase(NAME), 'database');
    expect(await databaseShelf(database).get(water.digest)).toEqual(water.bytes);
    expect(await databaseNotebook(database).read('current')).toBe('pointer');
    expect(await databaseShelf(database).list()).toEqual([water.digest]);
  });

  test('[SY3] tampered bytes in IndexedDB are taken off the shelf and fetched again', async () => {
    const water = await object('停水公告');
    const shelf = databaseShelf(database);
    await shelf.put([water]);
    const forged = Uint8Array.from(water.bytes, (byte, index) => (index === 0 ? byte ^ 1 : byte));
    await database.write('objects', (store) => void store.put(forged, water.digest));
    const damaged: string[] = [];
    const library = await openLibrary({
      shelf,
      digest,
      upstream: {
        state: async () => ({ ok: false, refusal: 'unreachable' }),
        object: async () => ({ ok: true, value: water.bytes }),
        delta: async () => ({ ok: false, refusal: 'missing' }),
      },
      damaged: (ref) => damaged.push(ref.digest),
    });
    const ref = { digest: water.digest, bytes: water.bytes.length };
    expect(await library.read(ref)).toBeUndefined();
    expect(damaged).toEqual([water.digest]);
    expect(await shelf.list()).toEqual([]);
    expect(await library.ensure([ref], () => true)).toEqual({ ok: true, value: 'held' });
    await library.flush();
    expect(await shelf.get(water.digest)).toEqual(water.bytes);
  });

  test.each(['QuotaExceededError', 'UnknownError'])(
    '[SY6] %s means that there is no room',
    async (name) => {
      const failure = new DOMException('no room', name);
      expect(isFull(failure)).toBe(true);
      vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
        throw failure;
      });
      vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
        throw failure;
      });
      expect(await databaseShelf(database).put([await object('x')])).toBe('full');
      expect(await databaseNotebook(database).write('marks', 'x')).toBe('full');
      expect(await localNotebook(localStorage, NAME).write('marks', 'x')).toBe('full');
      vi.restoreAllMocks();
      expect(await databaseShelf(database).put([await object('x')])).toBe('stored');
    },
  );

  test('[SY6] a real quota: local storage that is full refuses and keeps what it had', async () => {
    const notebook = localNotebook(localStorage, NAME);
    expect(await notebook.write('marks', 'before')).toBe('stored');
    expect(await notebook.write('marks', 'x'.repeat(20 * 1024 * 1024))).toBe('full');
    expect(await notebook.read('marks')).toBe('before');
  });

  test('[SY11] a note that is not what was written counts as not there, and the other home tells', async () => {
    const { notebooks } = storagesOf(database, localStorage, NAME);
    const [first, second] = notebooks;
    for (const notebook of notebooks) await notebook.write('marks', '{"version":12}');
    expect(await first.read('marks')).toBe('{"version":12}');
    const raw = present(await databaseNotebook(database).read('marks'), 'note');
    const change = (text: string) =>
      database.write('notes', (store) => void store.put(text, 'marks'));
    for (const damaged of [raw.replace('12}', '92}'), raw.slice(1), raw.slice(0, 64), '']) {
      await change(damaged);
      expect(await first.read('marks')).toBeUndefined();
    }
    await database.write('notes', (store) => void store.put(raw, 'clock'));
    expect(await first.read('clock')).toBeUndefined();
    expect(await second.read('marks')).toBe('{"version":12}');
    await change(raw);
    expect(await first.read('marks')).toBe('{"version":12}');
  });

  test('[SY11] of notes written one upon another the last one stays', async () => {
    const [notebook] = storagesOf(database, localStorage, NAME).notebooks;
    const texts = Array.from({ length: 20 }, (_, index) => `${index}`.padEnd(100 - index * 5, 'x'));
    await Promise.all(texts.map((text) => notebook.write('clock', text)));
    expect(await notebook.read('clock')).toBe(texts.at(-1));
  });

  test('[SY3] objects asked for at once are read together, and what is not there is missing alone', async () => {
    const shelf = databaseShelf(database);
    const objects = await Promise.all(['水', '电', '气'].map(object));
    await shelf.put(objects);
    const opened = vi.spyOn(IDBDatabase.prototype, 'transaction');
    const missing = await digest(utf8('路'));
    const read = await Promise.all(
      [...objects.map((each) => each.digest), missing].map((name) => shelf.get(name)),
    );
    expect(read).toEqual([...objects.map(({ bytes }) => bytes), undefined]);
    expect(opened).toHaveBeenCalledTimes(1);
    expect(await shelf.get(present(objects[0], 'object').digest)).toEqual(objects[0]?.bytes);
  });

  test('[SC1] a database that the browser closed is opened again', async () => {
    database.close();
    expect(await databaseNotebook(database).write('current', 'pointer')).toBe('stored');
    expect(await databaseNotebook(database).read('current')).toBe('pointer');
  });

  test('[SC1] without any database a screen still has a shelf for as long as it is on', async () => {
    const { shelf, notebooks } = storagesOf(undefined, localStorage, NAME);
    const water = await object('停水公告');
    await shelf.put([water]);
    await notebooks[0].write('current', 'pointer');
    expect(await shelf.get(water.digest)).toEqual(water.bytes);
    expect(await notebooks[0].read('current')).toBe('pointer');
    expect(localStorage).toHaveLength(0);
  });
});

describe('keys', () => {
  /** RFC 8032 §7.1, TEST 3. */
  const raw = toBase64(hex('fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025'));
  const message = hex('af82');
  const signature = hex(
    '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a',
  );

  test.each(['the browser', 'pure code'])(
    '[TR1] %s verifies Ed25519 and refuses one changed bit',
    async (by) => {
      const verify = await openVerify(by === 'the browser' ? crypto.subtle : withoutEd25519());
      const key = { alg: 'ed25519', raw } as const;
      expect(await verify(key, message, signature)).toBe(true);
      expect(await verify(key, hex('af83'), signature)).toBe(false);
      expect(
        await verify(
          key,
          message,
          signature.map((byte, index) => (index === 9 ? byte ^ 1 : byte)),
        ),
      ).toBe(false);
      expect(await verify(key, message, signature.slice(1))).toBe(false);
      expect(await verify({ alg: 'ed25519', raw: 'AAAA' }, message, signature)).toBe(false);
      expect(await verify({ alg: 'ed25519', raw: '?' }, message, signature)).toBe(false);
    },
  );

  test('[SC3] the device key cannot be read out, outlives the page and signs reports', async () => {
    const key = await openDeviceKey(database);
    expect((await openDeviceKey(database)).keyid).toBe(key.keyid);
    const pair: unknown = await database.read('keys', (store): IDBRequest<unknown> =>
      store.get('device'),
    );
    const { privateKey } = pair as CryptoKeyPair;
    expect(privateKey.extractable).toBe(false);
    await expect(crypto.subtle.exportKey('pkcs8', privateKey)).rejects.toThrow();
    const payload = utf8('{"v":1}');
    const envelope = await seal('report', payload, [key]);
    const trusted = { keys: { [key.keyid]: key.publicKey }, threshold: 1 };
    expect(await open(envelope, 'report', trusted, await openVerify())).toEqual({
      ok: true,
      value: payload,
    });
  });
});

describe('upstream', () => {
  const water = 'a'.repeat(64);

  test('[SY4] reading stops beyond the promised size', async () => {
    let pulled = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        pulled += 1;
        controller.enqueue(new Uint8Array(1000));
      },
    });
    vi.spyOn(window, 'fetch').mockResolvedValue(new Response(endless));
    const answer = await fetchUpstream('http://hall').object(water as never, 2500);
    expect(answer).toEqual({ ok: false, refusal: 'too-large' });
    expect(pulled).toBeLessThan(8);
  });

  test('an answer that stalls is given up, and what is missing is said', async () => {
    vi.spyOn(window, 'fetch').mockImplementation(
      (_, init) =>
        new Promise((_resolve, reject) => {
          init?.signal?.addEventListener('abort', () =>
            reject(new DOMException('given up', 'AbortError')),
          );
        }),
    );
    const upstream = fetchUpstream('http://hall', 10);
    expect(await upstream.state(id(isScreenId, 'touch-1'), 100)).toEqual({
      ok: false,
      refusal: 'unreachable',
    });
    vi.spyOn(window, 'fetch').mockResolvedValue(new Response(null, { status: 404 }));
    expect(await upstream.object(water as never, 100)).toEqual({ ok: false, refusal: 'missing' });
  });
});

describe('a part that is loaded later', () => {
  const style = 'kiosk/touch/style/first.css';
  const sheets = () => [...links()].map((link) => link instanceof HTMLLinkElement && link.sheet);
  const links = () => document.querySelectorAll(`link[href="/${style}"]`);

  test('comes with its styles, which are there before it and only once', async () => {
    for (const time of ['first', 'second']) {
      const then = await __vitePreload(async () => sheets(), [style]);
      expect(then, time).toEqual([expect.any(CSSStyleSheet)]);
    }
    expect(await __vitePreload(async () => 'no styles')).toBe('no styles');
    for (const link of links()) link.remove();
  });

  test('does not come without its styles', async () => {
    await expect(__vitePreload(async () => 'a part', ['none/there.css'])).rejects.toBeDefined();
  });
});

describe('the floor', () => {
  test('this browser is above it', () => {
    expect(missingFeatures(window)).toEqual([]);
  });

  test('a plain http address in a hall lacks the secure context, and is told so first', () => {
    const page = new Proxy(window, {
      get: (target, name) =>
        name === 'isSecureContext' ? false : name === 'crypto' ? {} : Reflect.get(target, name),
    });
    expect(missingFeatures(page)).toEqual(['secure-context', 'web-crypto']);
  });
});

function hex(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

/** A browser of before Ed25519: it refuses the name. */
function withoutEd25519(): SubtleCrypto {
  const refusing = new Set<string | symbol>(['generateKey', 'importKey']);
  return new Proxy(crypto.subtle, {
    get(subtle, name) {
      const known = Reflect.get(subtle, name) as (...values: unknown[]) => unknown;
      if (!refusing.has(name)) return known.bind(subtle);
      return async (...values: unknown[]) => {
        if (values.includes('Ed25519'))
          throw new DOMException('Unrecognized name.', 'NotSupportedError');
        return known.apply(subtle, values);
      };
    },
  });
}
