import { existsSync } from 'node:fs';
import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test, vi } from 'vitest';
import { openStore } from '../../board-server/hall.ts';
import { dataFolder } from '../../board-server/backup/data-folder.ts';
import { TICKET_FILE } from '../../board-server/trust/tickets.ts';
import type { Json } from '../../shared/kit/json.ts';
import { canonicalBytes } from '../../shared/kit/json.ts';
import { seal, splitEnvelope } from '../../shared/trust/envelope.ts';
import { screenKey } from '../server/screen-key.ts';
import { present } from '../../shared/kit/assert.ts';
import { furnishedFolder, hallTool, openKeptHall, workFolder } from './kept-hall.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

/** A demonstration hall at rest, and the same as a power cut would leave it while it ran. */
let resting: string;
let running: string;

beforeAll(async () => {
  ({ resting, running } = await furnishedFolder());
});

const nothing = async (): Promise<void> => undefined;

async function copyOf(folder: string): Promise<string> {
  const copy = join(await workFolder(), 'copy');
  await cp(folder, copy, { recursive: true, verbatimSymlinks: true });
  return copy;
}

/** What verification says of a copy to which something has been done. */
async function verified(folder: string, change: (copy: string) => Promise<void>) {
  const copy = await copyOf(folder);
  await change(copy);
  return hallTool(copy, ['verify']);
}

const flip = async (path: string, at: (bytes: Buffer) => number): Promise<void> => {
  const bytes = await readFile(path);
  const index = at(bytes);
  bytes[index] = (bytes[index] ?? 0) ^ 1;
  await writeFile(path, bytes);
};
const middle = (bytes: Buffer): number => bytes.length >> 1;

async function first(folder: string, ...path: string[]): Promise<string> {
  const names = (await readdir(join(folder, ...path))).filter((name) => !name.startsWith('lock'));
  return join(...path, present(names.sort()[0], path.join('/')));
}

/** Changes a stored document as a program would that keeps its checksum. */
async function rewrite(folder: string, collection: string, change: (text: string) => string) {
  const store = await openStore(dataFolder({ dataDir: folder }));
  if (!store.ok) throw new Error(store.refusal);
  const { id, value } = present(store.value.list(collection)[0], collection);
  const changed = JSON.parse(change(JSON.stringify(value))) as Json;
  await store.value.commit({ puts: [{ collection, id, value: changed }] });
  await store.value.close();
}

test('[DG3] a sound hall is sound, at rest, as a power cut left it, and while it runs', async () => {
  for (const folder of [resting, running]) {
    const said = await verified(folder, nothing);
    expect([said.code, said.said]).toEqual([0, expect.stringContaining('全部完好')]);
  }
  const copy = await copyOf(resting);
  await openKeptHall(copy);
  expect(await hallTool(copy, ['verify'])).toMatchObject({ code: 0 });
});

test('[DG3] one changed byte in a document, a log, the journal or an object is found and its file named', async () => {
  const object = await first(
    resting,
    'objects',
    present((await readdir(join(resting, 'objects')))[0], 'object'),
  );
  const places = [
    [resting, await first(resting, 'store', 'documents', 'items'), '【文档】'],
    [resting, await first(resting, 'store', 'logs', 'audit'), '【操作记录】'],
    [running, await first(running, 'store', 'journal'), '【流水】'],
    [resting, object, '【对象】'],
  ] as const;
  for (const [folder, file, kind] of places) {
    const { code, said } = await verified(folder, (copy) => flip(join(copy, file), middle));
    expect([code, said]).toEqual([1, expect.stringContaining(file)]);
    expect(said).toContain(kind);
    expect(said).toContain('npm run hall -- restore');
  }
});

test('[DG3] a log with an entry cut out is found, though every line of it is whole', async () => {
  const log = await first(resting, 'store', 'logs', 'audit');
  const { code, said } = await verified(resting, async (copy) => {
    const lines = (await readFile(join(copy, log), 'utf8')).split('\n');
    await writeFile(join(copy, log), lines.toSpliced(3, 1).join('\n'));
  });
  expect([code, said]).toEqual([1, expect.stringContaining('entry 5: gap')]);
});

test('[TK3] a report that its screen did not sign is named by its screen; the secret of tickets is nobody’s loss', async () => {
  const copy = await copyOf(resting);
  const hall = await openKeptHall(copy);
  const { screens, reportShards } = hall.services.collections;
  const { id, value } = present(screens.list()[0], 'screen');
  const key = screenKey();
  const approved = { fingerprint: key.keyid, publicKey: key.publicKey, at: 1 };
  const report = { v: 1, screen: id, seq: 1, at: 1, clock: 'confirmed', shell: 's' } as const;
  const payload = canonicalBytes({ ...report, channels: [], showing: null });
  const keep = async (signer: typeof key) => {
    const envelope = await seal('report', payload, [{ ...signer, keyid: key.keyid }]);
    const split = splitEnvelope(envelope);
    if (!split.ok) throw new Error(split.refusal);
    const signature = present(split.value.signatures[0], 'signature').sig;
    const kept = { fingerprint: key.keyid, receivedAt: 1, payload: split.value.payload, signature };
    await hall.store.commit({
      puts: [
        screens.put(id, { ...value, key: approved }),
        reportShards.put('shard-00', { v: 2, reports: { [id]: kept } }),
      ],
    });
  };
  await keep(key);
  await rm(join(copy, 'keys', TICKET_FILE));
  expect(await hallTool(copy, ['verify'])).toMatchObject({ code: 0 });
  await keep(screenKey());
  const { code, said } = await hallTool(copy, ['verify']);
  expect([code, said]).toEqual([1, expect.stringContaining(`（${id}）`)]);
  expect(said).toContain('【屏幕报告】');
});

test('[DG3] lost, unreadable and foreign keys, and damaged roles, are named', async () => {
  const foreign = await readFile(join(resting, 'keys', 'head.pem'));
  const changes = [
    ['keys/lease.pem', 'missing', (path: string) => rm(path)],
    ['keys/lease.pem', 'unreadable', (path: string) => writeFile(path, 'x')],
    ['keys/lease.pem', 'foreign', (path: string) => writeFile(path, foreign)],
    ['keys/root.pem', 'missing', (path: string) => rm(path)],
    ['keys/roles.json', 'bad', (path: string) => flip(path, middle)],
  ] as const;
  for (const [file, , change] of changes) {
    const { code, said } = await verified(resting, (copy) => change(join(copy, file)));
    expect([code, said]).toEqual([1, expect.stringContaining(file)]);
  }
});

test('[DG3] a root key that was taken out on purpose is not missed', async () => {
  const copy = await copyOf(resting);
  const safe = join(await workFolder(), 'root.sealed');
  expect(await hallTool(copy, ['export-root', safe, '--move'])).toMatchObject({ code: 0 });
  expect(await hallTool(copy, ['verify'])).toMatchObject({ code: 0 });
});

test.each(['items', 'channels', 'leases', 'screens'])(
  '[DG3] a statement in %s that its role did not sign is found, though the document is whole',
  async (collection) => {
    const { code, said } = await verified(resting, (copy) =>
      rewrite(copy, collection, (text) =>
        text.replace(
          /(\\"sig\\":\\")(.)/,
          (_, before: string, letter: string) => `${before}${letter === 'A' ? 'B' : 'A'}`,
        ),
      ),
    );
    expect([code, said]).toEqual([1, expect.stringContaining(`store/documents/${collection}/`)]);
    expect(said).toContain('【签名】');
  },
);

test('[DG3] every object that something names is missed when it is gone', async () => {
  const named = [...(await namedObjects(resting))].sort();
  const taken = named.filter((_, index) => index % Math.ceil(named.length / 5) === 0);
  expect(taken.length).toBeGreaterThan(3);
  for (const name of taken) {
    const { code, said } = await verified(resting, (copy) => rm(join(copy, objectFile(name))));
    expect([code, said]).toEqual([1, expect.stringContaining(objectFile(name))]);
  }
});

const objectFile = (name: string): string => `objects/${name.slice(0, 2)}/${name}`;

/** What the heads that are out name by the text alone, however deep, and that lies in the folder. */
async function namedObjects(folder: string): Promise<ReadonlySet<string>> {
  const store = await openStore(dataFolder({ dataDir: folder }));
  if (!store.ok) throw new Error(store.refusal);
  const waiting = namesIn(JSON.stringify(store.value.list('channels')));
  await store.value.close();
  const found = new Set<string>();
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (found.has(name) || !existsSync(join(folder, objectFile(name)))) continue;
    found.add(name);
    waiting.push(...namesIn(await readFile(join(folder, objectFile(name)), 'latin1')));
  }
  return found;
}

const namesIn = (text: string): string[] => text.match(/[0-9a-f]{64}/g) ?? [];
