import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { parseJson } from '../../shared/kit/json.ts';
import { ensureFolder, placeFile } from '../store/durable-file.ts';
import { nodeFileSystem } from '../store/node-file-system.ts';

/** Folders of hashed files, by what they are served under. */
const CLIENTS = ['kiosk', 'admin'] as const;

/**
 * [OP6] Keeps the hashed files of the build that is served, and of the one before it, in the data
 * folder: a screen or a console that was opened before an upgrade goes on asking for its own chunks,
 * however the new program came here. Answers the folder of the build before; undefined without one.
 */
export async function keepShells(dist: string, folder: string): Promise<string | undefined> {
  const build = buildOf(dist);
  const kept = await readBuilds(folder);
  const current = kept.at(-1);
  const builds =
    build === current ? kept : [...kept.filter((each) => each !== build), build].slice(-2);
  if (build !== current) {
    await ensureFolder(nodeFileSystem, folder);
    copy(dist, join(folder, build));
    await placeFile(nodeFileSystem, join(folder, ORDER), Buffer.from(JSON.stringify(builds)));
    await nodeFileSystem.syncFolder(folder);
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

/** What an interrupted copy left is written over: equal names have equal bytes. */
function copy(dist: string, to: string): void {
  for (const client of CLIENTS) {
    const assets = join(dist, client, 'assets');
    mkdirSync(join(to, client), { recursive: true });
    if (existsSync(assets)) cpSync(assets, join(to, client, 'assets'), { recursive: true });
  }
}
