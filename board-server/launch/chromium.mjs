import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { nodeBinary, run } from './run.mjs';
import { say, stop } from './say.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** The path of a Chromium: one that is here, else one installed now, else a sentence and the end. */
export async function requireChromium() {
  const found = findChromium();
  if (found !== undefined) return found;
  say('没有找到 Chromium，正在安装…', 'no Chromium found, installing one …');
  await installChromium();
  return (
    findChromium() ??
    stop(
      '无法安装 Chromium。请自行安装，并把 CHROMIUM_PATH 设为它的路径，然后重试。',
      'Chromium could not be installed. Install it, set CHROMIUM_PATH to its path and try again.',
    )
  );
}

/** @returns {string | undefined} CHROMIUM_PATH, then the system's, then the one Playwright keeps */
export function findChromium() {
  const told = process.env['CHROMIUM_PATH'];
  if (told !== undefined && told !== '') {
    if (existsSync(told)) return told;
    stop(
      `CHROMIUM_PATH 指向的文件不存在：${told}`,
      `CHROMIUM_PATH names a file that is not there: ${told}`,
    );
  }
  const folders = (process.env['PATH'] ?? '').split(delimiter).concat('/usr/bin');
  const onPath = folders.flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return [...onPath, ...listPlaywrightBrowsers()].find((path) => existsSync(path));
}

/** @returns {string[]} */
function listPlaywrightBrowsers() {
  const cache =
    process.env['PLAYWRIGHT_BROWSERS_PATH'] ?? join(homedir(), '.cache', 'ms-playwright');
  if (!existsSync(cache)) return [];
  return readdirSync(cache)
    .filter((name) => name.startsWith('chromium-'))
    .flatMap((name) => [
      join(cache, name, 'chrome-linux', 'chrome'),
      join(cache, name, 'chrome-linux64', 'chrome'),
    ]);
}

async function installChromium() {
  const isDebianRoot = existsSync('/usr/bin/apt-get') && process.getuid?.() === 0;
  if (isDebianRoot) {
    await run('apt-get', ['update']);
    await run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium']);
  } else {
    await run(nodeBinary(), ['node_modules/playwright-core/cli.js', 'install', 'chromium']);
  }
}
