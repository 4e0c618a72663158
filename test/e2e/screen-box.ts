import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext } from 'playwright';
import { chromium } from 'playwright';
import type { News } from '../../board-server/screen-kit/policies.ts';
import { renderKit } from '../../board-server/screen-kit/render.ts';
import { readTemplates } from '../../board-server/screen-kit/files.ts';
import { parseLaunchAddress } from '../../board-server/screen-kit/launch-address.ts';
import { readTls } from '../../board-server/tls/tls-files.ts';

const CHROMIUM = '/usr/bin/chromium';
const PLACE = '/etc/chromium';

/** Why Chromium's machine-wide policies cannot be tried here; undefined when they can. */
export function lackForPolicies(): string | undefined {
  if (process.getuid?.() !== 0) return 'needs root, to lay policies under /etc/chromium';
  if (!existsSync(CHROMIUM) || !existsSync(PLACE)) return 'needs Debian’s Chromium';
  const space = spawnSync('unshare', ['-m', 'true']);
  return space.status === 0 ? undefined : 'needs a mount namespace of its own';
}

/** The same for a display. */
export function lackForDisplay(): string | undefined {
  const missing = ['Xvfb', 'xwininfo', 'xdotool'].find(
    (name) => spawnSync('which', [name]).status !== 0,
  );
  return lackForPolicies() ?? (missing === undefined ? undefined : `needs ${missing}`);
}

/** A machine with the kit on it, as far as its browser can tell. */
export interface Box {
  readonly folder: string;
  /** Runs what follows under the kit's policies and hosts, and nobody else does. */
  readonly inside: string;
  close(): void;
}

/**
 * Lays the kit's policies into a namespace. `changes` are those a test cannot do without: a screen's
 * own browser lets no debugger in, so whoever drives one has to allow it.
 */
export async function openBox(
  data: string,
  address: string,
  changes: Readonly<Record<string, unknown>> = {},
  news: News = 'network',
): Promise<Box> {
  const folder = mkdtempSync(join(tmpdir(), 'openhall-screen-box-'));
  const launch = parseLaunchAddress(address);
  const tls = await readTls(join(data, 'tls'));
  if (!launch.ok || !tls.ok || tls.value === undefined)
    throw new Error('no address, no certificate');
  const kit = renderKit(await readTemplates(), {
    launch: launch.value,
    name: '一楼触摸屏',
    hall: '安澜县政务服务中心',
    contact: '周敏',
    phone: '0312-5550123',
    power: '机身背面',
    cable: '蓝色网线',
    sound: 0,
    rotate: 'normal',
    news,
    authority: tls.value.authority,
  });
  cpSync(PLACE, join(folder, 'etc'), { recursive: true });
  mkdirSync(join(folder, 'etc/policies/managed'), { recursive: true });
  const policies = JSON.parse(kit.get('linux/policies.json') ?? '') as Record<string, unknown>;
  writeFileSync(
    join(folder, 'etc/policies/managed/openhall.json'),
    JSON.stringify({ ...policies, ...changes }),
  );
  for (const [path, text] of kit) {
    if (!path.startsWith('linux/')) continue;
    mkdirSync(join(folder, 'linux'), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  writeFileSync(join(folder, 'hosts'), '127.0.0.1 localhost hall.lan\n');
  const inside = join(folder, 'inside');
  const mounts = `mount --bind ${folder}/etc ${PLACE} && mount --bind ${folder}/hosts /etc/hosts`;
  writeFileSync(inside, `#!/bin/sh\nexec unshare -m sh -c '${mounts} && exec "$@"' sh "$@"\n`);
  const browser = join(folder, 'chromium');
  writeFileSync(browser, `#!/bin/sh\nexec ${inside} ${CHROMIUM} "$@"\n`);
  for (const path of [inside, browser]) chmodSync(path, 0o755);
  return {
    folder,
    inside,
    close: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }),
  };
}

/** What a debugger needs, and the page on which Chromium lists its policies. */
export const DRIVEN = { DeveloperToolsAvailability: 1, RemoteDebuggingAllowed: true };

/** The box's browser, driven by the test. */
export function drive({ folder }: Box): Promise<BrowserContext> {
  return chromium.launchPersistentContext(join(folder, 'profile'), {
    executablePath: join(folder, 'chromium'),
    viewport: { width: 1080, height: 1920 },
    hasTouch: true,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--kiosk'],
    // The driver would allow what the kit forbids.
    ignoreDefaultArgs: ['--disable-popup-blocking'],
  });
}

export interface Display {
  readonly name: string;
  /** Titles of the browser's windows, the unseen character spelled out. */
  titles(): string[];
  keys(...combinations: string[]): void;
  close(): void;
}

/** An X display that nobody sees, on the first number that is free. */
export function openDisplay(): Display {
  const folder = mkdtempSync(join(tmpdir(), 'openhall-display-'));
  const script = `Xvfb -displayfd 3 -screen 0 1080x1920x24 -nolisten tcp 3>${folder}/number >/dev/null 2>&1 & echo $!`;
  const pid = Number(execFileSync('sh', ['-c', script], { encoding: 'utf8' }));
  const name = `:${execFileSync('sh', ['-c', `until [ -s ${folder}/number ]; do sleep 0.05; done; cat ${folder}/number`], { encoding: 'utf8', timeout: 20_000 }).trim()}`;
  const env = { ...process.env, DISPLAY: name, LC_ALL: 'C.UTF-8' };
  const run = (command: string, args: string[]) =>
    spawnSync(command, args, { env, encoding: 'utf8', timeout: 10_000 }).stdout;
  const isShown = (id: string) => run('xwininfo', ['-id', id]).includes('IsViewable');
  const windows = () =>
    [
      ...run('xwininfo', ['-root', '-tree']).matchAll(
        /(0x[0-9a-f]+) "(.*)": \(.*Chromium"\) +(\d+)x(\d+)/g,
      ),
    ]
      // The browser keeps small windows of its own, and some that are never shown.
      .filter(([, id = '', , width]) => Number(width) > 50 && isShown(id))
      .map(([, id = '', title = '']) => ({ id, title: title.replaceAll('\u200b', '<unseen>') }));
  return {
    name,
    titles: () => windows().map(({ title }) => title),
    keys(...combinations) {
      for (const { id } of windows().slice(0, 1)) run('xdotool', ['windowfocus', id]);
      run('xdotool', ['key', '--delay', '30', ...combinations]);
    },
    close() {
      process.kill(pid, 'SIGTERM');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Process ids of the browser over this profile: the browser itself first, its pages' processes after. */
export function processesOf(profile: string): {
  readonly browser: number;
  readonly pages: number[];
} {
  const list = execFileSync('ps', ['-eo', 'pid,args', '--no-headers', '--sort=pid'], {
    encoding: 'utf8',
  })
    .split('\n')
    .filter((line) => line.includes(profile) && line.includes('/chromium/chromium'));
  return {
    browser: pidOf(list.find((line) => !line.includes('--type='))),
    pages: list
      .filter((line) => line.includes('--type=renderer') && !line.includes('extension-process'))
      .map(pidOf),
  };
}

const pidOf = (line: string | undefined) => Number(/^\s*(\d+)/.exec(line ?? '')?.[1] ?? 0);
