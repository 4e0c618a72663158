import { randomBytes } from 'node:crypto';
import { appendFile, mkdtemp, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { CHUNK_BYTES, SEALED_BYTES } from '../../board-server/backup/sealed-chunks.ts';
import {
  createSealedFile,
  DamagedSeal,
  openSealedFile,
} from '../../board-server/backup/sealed-file.ts';
import { choosePassphrase, NEW_PASSPHRASE } from '../../board-server/tool/passphrase.ts';

// A key is slow to make on purpose, and one machine runs many tests at once.
vi.setConfig({ testTimeout: 60_000 });

const PASSPHRASE = '安澜大厅 backup 2026';

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'openhall-sealed-'));
  onTestFinished(() => rm(path, { recursive: true }));
  return path;
}

async function sealedFile(content: Buffer, path?: string): Promise<string> {
  const file = path ?? join(await folder(), 'a.sealed');
  const sealed = await createSealedFile(file, PASSPHRASE, randomBytes);
  for (let at = 0; at < content.length; at += 100_001)
    await sealed.write(content.subarray(at, at + 100_001));
  await sealed.finish();
  await sealed.close();
  return file;
}

async function contentOf(file: string, passphrase = PASSPHRASE): Promise<Buffer | string> {
  const opened = await openSealedFile(file, passphrase);
  if (!opened.ok) return opened.refusal;
  const parts: Buffer[] = [];
  try {
    for await (const part of opened.value.chunks()) parts.push(part);
    return Buffer.concat(parts);
  } catch (error) {
    if (error instanceof DamagedSeal) return 'damaged';
    throw error;
  } finally {
    await opened.value.close();
  }
}

test.each([0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES])(
  '[BK1] %i bytes come back as they were, to the passphrase alone',
  async (length) => {
    const content = randomBytes(length);
    const file = await sealedFile(content);
    expect(await contentOf(file)).toEqual(content);
    expect(await contentOf(file, `${PASSPHRASE}!`)).toBe('wrong-passphrase');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  },
);

test('[BK1] a sealed file shows nothing of what it holds, and the same content is never sealed alike', async () => {
  const content = Buffer.from('北大街停水公告'.repeat(5000));
  const one = await readFile(await sealedFile(content));
  const other = await readFile(await sealedFile(content));
  expect(one.includes('停水')).toBe(false);
  expect(one.subarray(-1000).equals(other.subarray(-1000))).toBe(false);
});

test('[BK3] one changed byte anywhere, a lost end, an added end and chunks in another order are found', async () => {
  const file = await sealedFile(randomBytes(3 * CHUNK_BYTES + 1000));
  const good = await readFile(file);
  const begin = good.length - (3 * SEALED_BYTES + 1016);
  const tried = async (bytes: Buffer): Promise<Buffer | string> => {
    await writeFile(file, bytes);
    return contentOf(file);
  };
  for (const at of [begin, begin + SEALED_BYTES - 1, begin + 2 * SEALED_BYTES, good.length - 1]) {
    const bytes = Buffer.from(good);
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    expect(await tried(bytes)).toBe('damaged');
  }
  for (const length of [begin + SEALED_BYTES, begin + 3 * SEALED_BYTES, good.length - 1, begin])
    expect(await tried(good.subarray(0, length))).toBe('damaged');
  expect(await tried(Buffer.concat([good, Buffer.alloc(1)]))).toBe('damaged');
  const chunk = (index: number): Buffer =>
    good.subarray(begin + index * SEALED_BYTES, begin + (index + 1) * SEALED_BYTES);
  const swapped = [good.subarray(0, begin), chunk(1), chunk(0), chunk(2), chunk(3)];
  expect(await tried(Buffer.concat(swapped))).toBe('damaged');
  expect(await tried(good)).toBeInstanceOf(Buffer);
});

test('[BK3] a damaged head is damage, not a wrong passphrase; a foreign and a newer file say so', async () => {
  const file = await sealedFile(Buffer.from('x'));
  const good = await readFile(file);
  const bytes = Buffer.from(good);
  bytes[60] = (bytes[60] ?? 0) ^ 1;
  await writeFile(file, bytes);
  expect(await contentOf(file)).toBe('damaged');
  await writeFile(file, String(good).replace('SEALED 1', 'SEALED 2'));
  expect(await contentOf(file)).toBe('newer');
  await writeFile(file, 'PK');
  expect(await contentOf(file)).toBe('foreign');
  await truncate(file);
  expect(await contentOf(file)).toBe('foreign');
  await appendFile(file, good.subarray(0, 100));
  expect(await contentOf(file)).toBe('damaged');
  expect(await contentOf(`${file}.none`)).toBe('missing');
});

const typing = (...lines: string[]) => ({ askSecret: async () => lines.shift() });

const typed = async (...lines: string[]): Promise<string> => {
  const chosen = await choosePassphrase(NEW_PASSPHRASE, undefined, typing(...lines));
  return chosen.ok ? chosen.value : chosen.refusal;
};

test('[BK1] a weak passphrase is refused, one that was mistyped too, and one that is good is taken', async () => {
  expect(await typed('kJ8#hq2!xp')).toBe('short-passphrase');
  expect(await typed('aaaaaaaaaaaaaaaaaa')).toBe('weak-passphrase');
  expect(await typed('Password1234!')).toBe('weak-passphrase');
  expect(await typed(PASSPHRASE, `${PASSPHRASE} `)).toBe('unlike-passphrase');
  expect(await typed()).toBe('no-passphrase');
  expect(await typed(PASSPHRASE, PASSPHRASE)).toBe(PASSPHRASE);
});

test('[BK1] a passphrase may come from a file or from the environment, and is held to the same strength', async () => {
  const nobody = { askSecret: async () => undefined };
  const file = join(await folder(), 'passphrase');
  await writeFile(file, `${PASSPHRASE}\n`);
  expect(
    await choosePassphrase(NEW_PASSPHRASE, file, { ...nobody, passphrase: 'another, not used' }),
  ).toEqual({
    ok: true,
    value: PASSPHRASE,
  });
  const weak = await choosePassphrase(NEW_PASSPHRASE, undefined, {
    ...nobody,
    passphrase: 'short',
  });
  expect(weak).toMatchObject({ ok: false, refusal: 'short-passphrase' });
});
