import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { nodeBinary, root, run } from './run.mjs';
import { say, stop } from './say.mjs';

const CLIENTS = ['kiosk', 'admin'];
/** Each a folder with a vite.config.ts; the wall goes into what the kiosk's build has emptied. */
const BUILDS = ['kiosk', 'kiosk/wall', 'admin'];
const INPUTS = ['shared', ...CLIENTS, 'package-lock.json'];
const STAMP = join(root, 'dist', 'inputs.sha256');

/** Builds the clients into dist/, unless what is there was built from exactly these files. */
export async function buildWhenStale() {
  const inputs = digestInputs();
  if (readStamp() === inputs) return;
  rmSync(STAMP, { force: true });
  for (const client of BUILDS) await build(client);
  mkdirSync(join(root, 'dist'), { recursive: true });
  writeFileSync(STAMP, inputs);
}

async function build(/** @type {string} */ client) {
  say(`正在构建 ${client} …`, `building ${client} …`);
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const config = join(root, client, 'vite.config.ts');
  const code = await run(nodeBinary(), [vite, 'build', '--config', config, '--logLevel', 'warn']);
  if (code !== 0) {
    stop(
      `构建 ${client} 失败（返回 ${code}），原因见上方输出。`,
      `Building ${client} failed (it returned ${code}); the reason is printed above.`,
    );
  }
}

/** SHA-256 over the names and bytes of every file a build may read. */
function digestInputs() {
  const hash = createHash('sha256');
  for (const path of INPUTS.flatMap(listFiles)) {
    const bytes = readFileSync(join(root, path));
    hash.update(`${path}\0${bytes.length}\0`).update(bytes);
  }
  return hash.digest('hex');
}

/**
 * What a build makes for itself beside its sources is none of them.
 *
 * @returns {string[]} paths of files, sorted, so that the digest does not depend on the disk
 */
function listFiles(/** @type {string} */ path) {
  if (path.endsWith('.json')) return [path];
  return readdirSync(join(root, path), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .filter((file) => !file.includes('/generated/'))
    .sort();
}

function readStamp() {
  try {
    return readFileSync(STAMP, 'utf8');
  } catch {
    return undefined; // No stamp: nothing was built to the end.
  }
}
