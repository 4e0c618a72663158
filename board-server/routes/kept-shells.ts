import { createHash } from 'node:crypto';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { present } from '../../shared/kit/assert.ts';
import { parseJson } from '../../shared/kit/json.ts';
import { forEachConcurrently } from '../store/concurrent.ts';
import { ensureFolder, placeFile } from '../store/durable-file.ts';
import type { FileSystem } from '../store/file-system.ts';
import { nodeFileSystem } from '../store/node-file-system.ts';

/** Folders of hashed files, by what they are served under. */
const CLIENTS = ['kiosk', 'admin'] as const;

/**
 * [OP6] Keeps the hashed files of the build that is served, and of the one before it, in the data
 * folder: a screen or a console that was opened before an upgrade goes on asking for its own chunks,
 * however the new program came here. Answers the folder of the build before; undefined without one.
 */
export async function keepShells(
  dist: string,
  folder: string,
  disk: FileSystem = nodeFileSystem,
): Promise<string | undefined> {
  const build = buildOf(dist);
  const kept = await readBuilds(folder);
  const current = kept.at(-1);
  const builds =
    build === current ? kept : [...kept.filter((each) => each !== build), build].slice(-2);
  if (build !== current) {
    await copy(disk, dist, join(folder, build));
    await placeFile(disk, join(folder, ORDER), Buffer.from(JSON.stringify(builds)));
    await disk.syncFolder(folder);
  }
  for (const name of existsSync(folder) ? readdirSync(folder) : [])
    if (name !== ORDER && !builds.includes(name)) rmSync(join(folder, name), { recursive: true });
  const before = builds.at(-2);
  return before === undefined ? undefined : join(folder, before);
}

const ORDER = 'builds.json';
const BUILD = /^[0-9a-f]{16}$/;

/** Builds that are kept, oldest first. */
async function readBuilds(folder: string): Promise<string[]> {
  const text = (await nodeFileSystem.read(join(folder, ORDER)))?.toString('utf8') ?? '';
  const parsed = z.array(z.string().check(z.regex(BUILD))).safeParse(parseJson(text));
  return (parsed.data ?? []).filter((build) => existsSync(join(folder, build)));
}

/** Hashed files are named by content, so their names tell builds apart. */
function buildOf(dist: string): string {
  const names = CLIENTS.flatMap((client) => {
    const assets = join(dist, client, 'assets');
    return existsSync(assets) ? readdirSync(assets).map((name) => `${client}/${name}`) : [];
  });
  return createHash('sha256').update(names.sort().join('\n')).digest('hex').slice(0, 16);
}

/**
 * Durable when it resolves: what is in the order is believed at every later start. What an interrupted
 * copy left is written over: equal names have equal bytes.
 */
async function copy(disk: FileSystem, dist: string, to: string): Promise<void> {
  for (const client of CLIENTS) {
    const [from, assets] = [join(dist, client, 'assets'), join(to, client, 'assets')];
    await ensureFolder(disk, assets);
    await forEachConcurrently(await disk.list(from), COPYING, async (name) => {
      await placeFile(disk, join(assets, name), present(await disk.read(join(from, name)), name));
    });
    await disk.syncFolder(assets);
  }
}

const COPYING = 8;
