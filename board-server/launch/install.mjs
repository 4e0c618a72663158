import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, run } from './run.mjs';
import { say, stop } from './say.mjs';

/** Installs what package-lock.json names, unless node_modules already holds exactly that. */
export async function install() {
  requireNode();
  if (isInstalled(readLock('package-lock.json'), readLock('node_modules/.package-lock.json')))
    return;
  say('正在安装依赖（首次约一分钟）…', 'installing dependencies (about a minute the first time) …');
  const code = await npm(['ci', '--no-audit', '--no-fund']);
  if (code !== 0) {
    stop(
      `安装依赖失败（npm ci 返回 ${code}）。请检查网络或 npm 源，然后重试。`,
      `Installing dependencies failed (npm ci returned ${code}). Check the network or the npm registry, then try again.`,
    );
  }
}

/**
 * npm writes node_modules/.package-lock.json last, so an interrupted install never looks complete.
 * Packages for other platforms are optional and may be absent.
 * @typedef {{ version?: string, integrity?: string, optional?: boolean, devOptional?: boolean }} Entry
 * @param {Record<string, Entry> | undefined} wanted
 * @param {Record<string, Entry> | undefined} present
 */
export function isInstalled(wanted, present) {
  if (wanted === undefined || present === undefined) return false;
  const same = Object.entries(wanted).every(([path, want]) => {
    if (path === '') return true;
    const have = present[path];
    if (have === undefined) return want.optional === true || want.devOptional === true;
    return have.version === want.version && have.integrity === want.integrity;
  });
  return same && Object.keys(present).every((path) => path in wanted);
}

/** @returns {Record<string, Entry> | undefined} undefined when there is no such file */
function readLock(/** @type {string} */ path) {
  try {
    return JSON.parse(readFileSync(join(root, path), 'utf8')).packages;
  } catch {
    return undefined; // Missing or half-written both mean: install again.
  }
}

/** npm tells its scripts where it lives; `node board-server/launch/start.mjs` by hand finds it on the path. */
function npm(/** @type {string[]} */ args) {
  const script = process.env['npm_execpath'];
  if (script !== undefined) return run(process.execPath, [script, ...args]);
  return run(process.platform === 'win32' ? 'npm.cmd' : 'npm', args);
}

function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  stop(
    `需要 Node.js 20.19 或更高版本，当前是 ${process.version}。请升级后重试。`,
    `Node.js 20.19 or newer is needed; this is ${process.version}. Upgrade it and try again.`,
  );
}
