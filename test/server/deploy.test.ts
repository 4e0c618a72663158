import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readConfig } from '../../board-server/config.ts';
import { notices, NOTICES } from '../../board-server/launch/notices.mjs';
import { ENGINE, SERVER } from '../../board-server/launch/run.mjs';
import { parseLaunchAddress } from '../../board-server/screen-kit/launch-address.ts';
import { readTemplates } from '../../board-server/screen-kit/files.ts';
import type { KitScreen } from '../../board-server/screen-kit/render.ts';
import { renderKit } from '../../board-server/screen-kit/render.ts';
import { createHall } from './hall.ts';

const SYSTEMD = 'systemd-analyze';
const DEPLOY = join(import.meta.dirname, '..', '..', 'board-server', 'deploy');
const ROOT = join(DEPLOY, '..', '..');
const deployed = (name: string): string => readFileSync(join(DEPLOY, name), 'utf8');

/** As the kit of a board writes it, which takes a mouse where its content comes on a stick. */
async function screenUnit(news: KitScreen['news']): Promise<string> {
  const launch = parseLaunchAddress(
    `https://hall.lan:4680/board/?screen=led-hall&root=${'ab'.repeat(32)}`,
  );
  if (!launch.ok) throw new Error(launch.refusal);
  const texts = { name: '屏', hall: '厅', contact: '周敏', phone: '12345', power: '', cable: '' };
  const screen = { ...texts, launch: launch.value, sound: 40, rotate: 'normal', news } as const;
  const kit = renderKit(await readTemplates(), { ...screen, authority: undefined });
  return kit.get('linux/openhall-screen.service') ?? '';
}

const UNITS = [
  { name: 'openhall.service', of: 'the server', read: async () => deployed('openhall.service') },
  {
    name: 'openhall-screen.service',
    of: 'a screen with a network',
    read: () => screenUnit('network'),
  },
  {
    name: 'openhall-screen.service',
    of: 'a board that lives by a stick',
    read: () => screenUnit('stick'),
  },
];

/** Settings as the example writes them: name, and the value behind the sign. */
const examples = [...deployed('.env.example').matchAll(/^#?([A-Z_]+)=(.*)$/gm)].map(
  ([, name = '', value = '']) => [name, value] as const,
);

/** Names that the server reads at all: each is refused by name when its value cannot be. */
function settingNames(): string[] {
  const source = readFileSync(join(DEPLOY, '..', 'config.ts'), 'utf8');
  const meanings = /const MEANINGS = \{([^]*?)\n\} as const;/.exec(source)?.[1] ?? '';
  return [...meanings.matchAll(/^ {2}([A-Z_]+):/gm)].map(([, name = '']) => name);
}

describe('what is deployed', () => {
  it('[OP8] the example of settings has every setting, once, and no other', () => {
    expect(settingNames().length).toBeGreaterThan(10);
    expect(examples.map(([name]) => name).sort()).toEqual(settingNames().sort());
  });

  it('[OP8] the example is accepted as it stands, and says the defaults', () => {
    const set = Object.fromEntries(examples.filter(([, value]) => value !== ''));
    const read = readConfig(set, []);
    expect(read.ok).toBe(true);
    const bare = readConfig({}, []);
    const defaults = ['PORT', 'HOST', 'DATA_DIR', 'LOG_LEVEL'].map((name) => [name, set[name]]);
    expect(readConfig(Object.fromEntries(defaults), [])).toEqual(bare);
  });

  const systemd = spawnSync(SYSTEMD, ['--version']).status === 0;
  const skipped = systemd ? '' : ' (SKIPPED without systemd-analyze)';
  it.skipIf(!systemd).each(UNITS)(
    `[OP8] systemd accepts the unit of $of${skipped}`,
    async ({ name, read }) => {
      const folder = mkdtempSync(join(tmpdir(), 'openhall-unit-'));
      onTestFinished(() => rmSync(folder, { recursive: true }));
      const program = join(folder, 'program');
      writeFileSync(program, '');
      chmodSync(program, 0o755);
      // Only the program is not where an installation has it.
      const unit = (await read()).replace(/^ExecStart=\S+/m, `ExecStart=${program}`);
      const verify = (text: string) => {
        writeFileSync(join(folder, name), text);
        const checked = spawnSync(SYSTEMD, ['verify', join(folder, name)], { encoding: 'utf8' });
        const about = checked.stderr.split('\n').filter((line) => line.includes(name));
        return [checked.status, about] as const;
      };
      expect(verify(unit)).toEqual([0, []]);
      const [, about] = verify(unit.replace('Restart=always', 'Restart=allways'));
      expect(about.join()).toContain('allways');
    },
  );

  it.skipIf(!systemd)(`[OP8] systemd finds the server little exposed${skipped}`, () => {
    const folder = mkdtempSync(join(tmpdir(), 'openhall-unit-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    // Tenths: up to 2 of 10, where 10 is a service with no walls at all.
    const exposed = (text: string) => {
      const path = join(folder, 'openhall.service');
      writeFileSync(path, text);
      return spawnSync(SYSTEMD, ['security', '--offline=yes', '--threshold=20', path]).status;
    };
    const unit = deployed('openhall.service');
    expect(exposed(unit)).toBe(0);
    expect(exposed(unit.replace(/^(?:Protect|Restrict|Private).*\n/gm, ''))).not.toBe(0);
  });

  it('[OP8] the image copies what is there, and keeps what the server and its tool read', () => {
    const lines = deployed('Dockerfile').replaceAll('\\\n', ' ').split('\n');
    const copied = lines.flatMap(
      (line) => /^COPY (?!--)(.+) \S+$/.exec(line)?.[1]?.split(' ') ?? [],
    );
    expect(copied).toContain('package-lock.json');
    const ignored = readFileSync(join(ROOT, '.dockerignore'), 'utf8').split('\n');
    for (const name of copied)
      expect([name, existsSync(join(ROOT, name)), ignored.includes(name)]).toEqual([
        name,
        true,
        false,
      ]);
    const removed = lines.flatMap(
      (line) => /rm -rf ([\w ./]+)/.exec(line)?.[1]?.trim().split(' ') ?? [],
    );
    expect(removed).toContain('test');
    for (const kept of ['board-server', 'shared', 'kiosk', 'dist', 'package.json'])
      expect(removed).not.toContain(kept);
    expect(lines.join('\n')).toContain('find kiosk -mindepth 1 -maxdepth 1 -not -name deploy');
  });

  it('[OP8] every way to start the server tells its engine the same', () => {
    expect(ENGINE.length).toBeGreaterThan(0);
    expect(deployed('openhall.service')).toContain(`node ${SERVER.join(' ')} `);
    const quoted = SERVER.map((part) => `"${part}"`).join(', ');
    expect(deployed('Dockerfile')).toContain(`CMD ["node", ${quoted}`);
    expect(spawnSync(process.execPath, [...ENGINE, '-e', '']).status).toBe(0);
  });

  it('[OP8] the unit, the image and the proxies give the server no more than it needs', () => {
    const unit = deployed('openhall.service');
    for (const line of ['DynamicUser=yes', 'NoNewPrivileges=yes', 'ProtectSystem=strict'])
      expect(unit.split('\n')).toContain(line);
    expect(deployed('Dockerfile')).toMatch(/^USER openhall$/m);
    expect(deployed('Dockerfile')).toMatch(/^HEALTHCHECK /m);
    expect(deployed('nginx.conf')).toContain('location = /metrics { return 404; }');
    expect(deployed('Caddyfile')).toContain('respond @figures 404');
  });

  it('[OP7] the notices are those of the packages that are installed; `npm run notices` writes them', () => {
    expect(readFileSync(NOTICES, 'utf8')).toBe(notices());
  });

  it('[OP7] whoever opens the server can read them, the fonts’ licence included', async () => {
    const { request } = await createHall();
    const page = await request('/licences', { headers: { accept: 'text/html' } });
    const text = await page.text();
    expect(page.status).toBe(200);
    for (const name of ['hono', 'preact', 'socket.io-client', 'zod', 'noto-sans-sc', 'unifontex'])
      expect(text).toMatch(new RegExp(`^(?:.*/)?${name} \\d`, 'm'));
    expect(text).toContain('SIL OPEN FONT LICENSE Version 1.1');
    expect(await (await request('/')).text()).toContain('href="/licences"');
  });
});
