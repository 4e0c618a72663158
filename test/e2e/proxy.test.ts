import type { ChildProcess } from 'node:child_process';
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright';
import { chromium } from 'playwright';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { requireChromium } from '../../board-server/launch/chromium.mjs';
import { present } from '../../shared/kit/assert.ts';
import { openMenu, PASSWORD, signIn, startServer } from './console.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const found = (names: readonly string[], ask: string): string | undefined =>
  names.find((name) => spawnSync(name, [ask]).status === 0);
const NGINX = found(['nginx', '/usr/sbin/nginx'], '-v');
const CADDY = found(['caddy'], 'version');
const OPENSSL = found(['openssl'], 'version');

/** Where the sample is to listen and to ask, and a folder for all that its program writes. */
interface Place {
  readonly folder: string;
  readonly inner: number;
  readonly outer: number;
  readonly plain: number;
}

interface Proxy {
  readonly name: string;
  readonly program: string | undefined;
  /** The sample as it stands, but for ports and places; and how the program is started on it. */
  readonly configuration: (sample: string, place: Place) => string;
  readonly arguments: readonly string[];
  readonly sample: string;
}

const PROXIES: readonly Proxy[] = [
  {
    name: 'nginx',
    program: NGINX,
    sample: 'nginx.conf',
    arguments: ['-p', '.', '-e', 'error.log', '-c', 'nginx.conf'],
    configuration(sample, { folder, inner, outer, plain }) {
      const site = sample
        .replace('server 127.0.0.1:4680;', `server 127.0.0.1:${inner};`)
        .replace('listen 443 ssl;', `listen 127.0.0.1:${outer} ssl;`)
        .replace('listen 80;', `listen 127.0.0.1:${plain};`)
        .replaceAll('/etc/openhall/tls/', `${folder}/`);
      const places = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
        .map((each) => `${each}_temp_path ${folder}/${each};`)
        .join(' ');
      const user = process.getuid?.() === 0 ? 'user root;' : '';
      return `${user} daemon off; pid ${folder}/nginx.pid; worker_processes 1; events {}
        http { access_log off; ${places} ${site} }`;
    },
  },
  {
    name: 'Caddy',
    program: CADDY,
    sample: 'Caddyfile',
    arguments: ['run', '--config', 'Caddyfile', '--adapter', 'caddyfile'],
    configuration(sample, { folder, inner, outer, plain }) {
      const site = sample
        .replace(/^hall\.example \{$/m, `https://127.0.0.1:${outer} {\n\tbind 127.0.0.1`)
        .replace('reverse_proxy 127.0.0.1:4680', `reverse_proxy 127.0.0.1:${inner}`)
        .replaceAll('/etc/openhall/tls/', `${folder}/`);
      return `{
        admin off
        default_bind 127.0.0.1
        http_port ${plain}
        https_port ${outer}
        storage file_system ${folder}/caddy
      }
      ${site}`;
    },
  },
];

describe.each(PROXIES)('the sample for $name', (proxy) => {
  const missing = [
    proxy.program === undefined && proxy.name,
    OPENSSL === undefined && 'openssl',
  ].filter(Boolean);
  describe.skipIf(missing.length > 0)(
    missing.length > 0 ? `SKIPPED: no ${missing.join(', ')}` : 'with a hall behind it',
    () => {
      // Inside the repository, on a disk: the system's temporary folder may lie in memory.
      mkdirSync(join(ROOT, 'data'), { recursive: true });
      const folder = mkdtempSync(join(ROOT, 'data', 'test-proxy-'));
      const inner = 20_000 + ((process.pid + 6000) % 12_000) + 3 * PROXIES.indexOf(proxy);
      const [outer, plain] = [inner + 1, inner + 2];
      const url = `https://127.0.0.1:${outer}`;
      let server: ChildProcess | undefined;
      let front: ChildProcess | undefined;
      let browser: Browser | undefined;

      beforeAll(async () => {
        const env = { PUBLIC_URL: url, TRUSTED_PROXY: '127.0.0.1' };
        server = startServer(join(folder, 'hall'), inner, { env });
        server.stdout?.resume();
        await answered(`http://127.0.0.1:${inner}/healthz`, 200);
        const sample = readFileSync(join(ROOT, 'board-server', 'deploy', proxy.sample), 'utf8');
        const place = { folder, inner, outer, plain };
        writeFileSync(join(folder, proxy.sample), proxy.configuration(sample, place));
        certify(folder);
        front = spawn(proxy.program ?? '', proxy.arguments, {
          cwd: folder,
          env: { PATH: process.env['PATH'], HOME: folder },
          stdio: 'ignore',
        });
        await answered(`http://127.0.0.1:${plain}/touch/`, 308);
        browser = await chromium.launch({
          executablePath: await requireChromium(),
          // The certificate is this test's own.
          args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--ignore-certificate-errors'],
        });
      });
      afterAll(async () => {
        await browser?.close();
        for (const child of [front, server]) {
          const ended = child?.exitCode === null ? once(child, 'exit') : undefined;
          child?.kill('SIGTERM');
          await ended;
        }
        rmSync(folder, { recursive: true, force: true });
      });

      /** What the hall itself says, past the proxy. */
      const metric = async (name: string): Promise<string | undefined> => {
        const text = await (await fetch(`http://127.0.0.1:${inner}/metrics`)).text();
        return text
          .split('\n')
          .find((line) => line.startsWith(`${name} `))
          ?.split(' ')[1];
      };

      const open = (): Browser => present(browser, 'browser');

      test('[OP8] the console signs in over https with its secure cookie, and hears what changes', async () => {
        const page = await signIn(open(), url, 'zhuren');
        const cookies = await page.context().cookies();
        expect(cookies).toMatchObject([{ name: '__Host-openhall', secure: true, httpOnly: true }]);
        await openMenu(page, '设置');
        await page.getByRole('link', { name: '操作记录' }).click();
        // The address in the log is the browser's, as the proxy told it.
        await page.getByRole('cell', { name: '来自 127.0.0.1' }).first().waitFor();
        const download = page.waitForEvent('download');
        await page.getByRole('button', { name: '导出全部' }).click();
        expect((await download).suggestedFilename()).toMatch(/^openhall-audit-1-\d+\.jsonl$/);
        await page.context().close();
      });

      test('[OP8] a board plays, and its socket goes through', async () => {
        const page = await (await open().newContext()).newPage();
        await page.goto(`${url}/board/`);
        await expect
          .poll(() => metric('openhall_screens_connected'), { timeout: 30_000 })
          .toBe('1');
        expect(new URL(page.url()).searchParams.get('root')).toMatch(/^[0-9a-f]{64}$/);
        await page.context().close();
      });

      test('[OP2] [OP8] the figures stay inside, and what is too large does not come in', async () => {
        const page = await (await open().newContext({ ignoreHTTPSErrors: true })).newPage();
        expect((await page.request.get(`${url}/metrics`)).status()).toBe(404);
        const post = await page.request.post(`${url}/api/session`, {
          headers: { origin: url, 'content-type': 'application/json' },
          data: 'x'.repeat(2 << 20),
        });
        expect(post.status()).toBe(413);
        const foreign = await page.request.post(`${url}/api/session`, {
          headers: { origin: 'https://elsewhere.example' },
          data: { account: 'zhuren', password: PASSWORD },
        });
        expect(foreign.status()).toBe(403);
        await page.context().close();
      });

      test('[OP8] [PR7] objects come whole, compressed, in parts and as unchanged', async () => {
        const page = await (await open().newContext({ ignoreHTTPSErrors: true })).newPage();
        const name = objectNames(join(folder, 'hall', 'objects'))[0] ?? '';
        const get = (headers: Record<string, string>) =>
          page.request.get(`${url}/objects/${name}`, { headers });
        const whole = await get({ 'accept-encoding': 'identity' });
        const bytes = await whole.body();
        expect(createHash('sha256').update(bytes).digest('hex')).toBe(name);
        const part = await get({ 'accept-encoding': 'identity', range: 'bytes=10-29' });
        expect([part.status(), part.headers()['content-range'], await part.body()]).toEqual([
          206,
          `bytes 10-29/${bytes.length}`,
          bytes.subarray(10, 30),
        ]);
        const packed = await get({ 'accept-encoding': 'br' });
        expect(packed.headers()['content-encoding']).toBe('br');
        expect(await packed.body()).toEqual(bytes);
        const etag = packed.headers()['etag'] ?? '';
        expect(etag).toBe(`"${name}.br"`);
        expect((await get({ 'if-none-match': etag })).status()).toBe(304);
        expect((await get({ range: `bytes=${bytes.length}-` })).status()).toBe(416);
        await page.context().close();
      });
    },
  );
});

/** Names of objects on the disk that are long enough to be sent compressed, in order. */
function objectNames(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile() && /^[0-9a-f]{64}$/.test(file.name))
    .filter((file) => statSync(join(file.parentPath, file.name)).size > 1000)
    .map((file) => file.name)
    .sort();
}

/** Waits until somebody is there and answers with this status. */
async function answered(address: string, status: number): Promise<void> {
  const ask = async () => {
    expect((await fetch(address, { redirect: 'manual' })).status).toBe(status);
  };
  await vi.waitFor(ask, { timeout: 60_000, interval: 100 });
}

/** A certificate of one day for this machine. */
function certify(folder: string): void {
  const what = 'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 1';
  const names = '-subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1';
  const files = [
    '-keyout',
    join(folder, 'hall.example.key'),
    '-out',
    join(folder, 'hall.example.pem'),
  ];
  const made = spawnSync(OPENSSL ?? '', [...`${what} ${names}`.split(' '), ...files]);
  if (made.status !== 0) throw new Error(String(made.stderr));
}
