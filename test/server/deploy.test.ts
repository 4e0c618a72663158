import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readConfig } from '../../board-server/config.ts';
import { notices, NOTICES } from '../../board-server/launch/notices.mjs';
import { createHall } from './hall.ts';

const SYSTEMD = 'systemd-analyze';
const DEPLOY = join(import.meta.dirname, '..', '..', 'board-server', 'deploy');
const deployed = (name: string): string => readFileSync(join(DEPLOY, name), 'utf8');

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
  it.skipIf(!systemd)('[OP8] systemd accepts the unit (SKIPPED without systemd-analyze)', () => {
    const folder = mkdtempSync(join(tmpdir(), 'openhall-unit-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const program = join(folder, 'node');
    writeFileSync(program, '');
    chmodSync(program, 0o755);
    // Only the program is not where an installation has it.
    const unit = deployed('openhall.service').replace(
      '/opt/openhall/node_modules/.bin/node',
      program,
    );
    const path = join(folder, 'openhall.service');
    writeFileSync(path, unit);
    const checked = spawnSync(SYSTEMD, ['verify', path], { encoding: 'utf8' });
    const about = checked.stderr.split('\n').filter((line) => line.includes('openhall'));
    expect([checked.status, about]).toEqual([0, []]);
    writeFileSync(path, unit.replace('ProtectSystem=strict', 'ProtectSystem=strictly'));
    const broken = spawnSync(SYSTEMD, ['verify', path], { encoding: 'utf8' });
    expect(broken.stderr).toContain('strictly');
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
