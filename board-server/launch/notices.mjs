import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './run.mjs';

/** `npm run notices` writes the file anew; a test says when that is due. */
export const NOTICES = join(root, 'board-server', 'third-party-notices.txt');

/**
 * Every package that the server runs on or that a client carries, with its licence in full.
 * @returns {string}
 */
export function notices() {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  const names = new Set([...runtime(lock), ...bundled(lock)]);
  const packages = [...names].sort().map((path) => describe(path, lock[path]));
  /** @type {Map<string, string[]>} */
  const byText = new Map();
  for (const { title, text } of packages)
    byText.set(text, [...new Set([...(byText.get(text) ?? []), title])]);
  const parts = [...byText].map(([text, titles]) => `${titles.join('\n')}\n\n${text}`);
  return `${parts.join(`\n\n${'='.repeat(78)}\n\n`)}\n`;
}

/**
 * @typedef {{ version: string, license?: string, dev?: boolean, optional?: boolean, devOptional?: boolean,
 *   os?: string[], cpu?: string[], dependencies?: Record<string, string> }} Entry
 * @typedef {Record<string, Entry>} Lock
 */

/** What `npm ci --omit=dev` installs; packages of one platform carry no text of their own. */
function runtime(/** @type {Lock} */ lock) {
  return Object.keys(lock).filter((path) => {
    const { dev, devOptional, optional, os, cpu } = lock[path] ?? {};
    return path !== '' && !dev && !devOptional && !(optional && (os || cpu));
  });
}

/** What the clients import, with what that imports in its turn. */
function bundled(/** @type {Lock} */ lock) {
  const found = new Set(imported().map((name) => `node_modules/${name}`));
  for (const path of found) {
    for (const name of Object.keys(lock[path]?.dependencies ?? {})) {
      const nested = `${path}/node_modules/${name}`;
      found.add(nested in lock ? nested : `node_modules/${name}`);
    }
  }
  return [...found].filter((path) => path in lock);
}

/** Names of packages in imports of the clients, their styles included. */
function imported() {
  const sources = ['kiosk', 'admin', 'shared'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(?:ts|tsx|css)$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((path) => !/vite\.config\.ts$|service-worker\/build\.ts$/.test(path)),
  );
  const names = sources.flatMap((path) =>
    [...readFileSync(path, 'utf8').matchAll(IMPORT)].map(([, name]) => name ?? ''),
  );
  return [...new Set(names)].filter((name) => name !== 'vite'); // It builds; nothing of it is carried.
}

const IMPORT =
  /(?:from|import|@import|url\(|resolve\()\s*\(?['"]((?:@[\w.-]+\/)?[a-z][\w.-]*)(?:\/[^'"]*)?['"]/g;

const LICENCE = /^(?:licen[cs]e|copying|ofl)(?:[.-].*)?$/i;

function describe(/** @type {string} */ path, /** @type {Entry | undefined} */ entry) {
  const folder = join(root, path);
  const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
  const files = existsSync(folder) ? readdirSync(folder).filter((file) => LICENCE.test(file)) : [];
  const texts = files.sort().map((file) => readFileSync(join(folder, file), 'utf8').trim());
  const text = texts.length > 0 ? texts.join('\n\n') : `(its package names the licence only)`;
  return {
    title: `${name} ${entry?.version ?? ''} — ${entry?.license ?? 'see below'}`,
    text: text.replaceAll('\r\n', '\n'),
  };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  writeFileSync(NOTICES, notices());
