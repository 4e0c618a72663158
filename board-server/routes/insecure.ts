import type { Context } from 'hono';
import { html } from 'hono/html';
import type { AuthorityCertificate } from '../tls/tls-files.ts';
import type { HallName } from '../tls/names.ts';
import { urlHost } from '../tls/names.ts';
import type { HallEnv } from './env.ts';

/** What this hall has for whoever came by plain http. */
export interface SecureSide {
  /** Origin under which browsers reach the hall, when it is configured. */
  readonly publicUrl: string | undefined;
  readonly tls:
    | { readonly names: readonly HallName[]; readonly authority: AuthorityCertificate }
    | undefined;
}

/** The https origin that leads to the same hall as this `Host`; undefined when there is none. */
export function secureOrigin(host: string, { publicUrl, tls }: SecureSide): string | undefined {
  if (publicUrl?.startsWith('https:') === true) return publicUrl;
  const [first] = tls?.names ?? [];
  if (tls === undefined || first === undefined || !URL.canParse(`http://${host}`)) return undefined;
  const asked = new URL(`http://${host}`);
  const name = tls.names.find((known) => urlHost(known) === asked.hostname) ?? first;
  return new URL(`https://${urlHost(name)}${asked.port === '' ? '' : `:${asked.port}`}`).origin;
}

/** What is wrong with a page opened by plain http, and what to do next. */
export function explanation(c: Context<HallEnv>, secure: SecureSide) {
  const { host } = new URL(c.req.url);
  const origin = secureOrigin(host, secure);
  return html`<section class="insecure">
    <h2>这个网址不是安全连接 <span lang="en">This address is not secure</span></h2>
    <p>
      您打开的是
      <code>http://${host}</code
      >。这样的连接可能被偷看、被改动，浏览器也不会为它保存任何内容：管理台不能登录，屏幕断网后没有内容可放。
    </p>
    <p lang="en">
      Opened by plain http: others may read and change what is sent, and browsers keep nothing
      offline. The console is closed here, and a screen would go empty without the network.
    </p>
    <h2>接下来 <span lang="en">What to do next</span></h2>
    <ol>
      ${origin === undefined ? noCertificate() : useAddress(origin)}
      ${secure.tls === undefined ? '' : installAuthority(secure.tls.authority)}
      <li>
        <p>
          只是试用几天：可在那块屏的 Chromium 里用策略
          <code>OverrideSecurityRestrictionsOnInsecureOrigin</code> 放行
          <code>http://${host}</code>。管理台不能这样用。
        </p>
        <p lang="en">For a pilot only: Chromium’s policy can allow this one origin on a screen.</p>
      </li>
    </ol>
  </section>`;
}

function useAddress(origin: string) {
  return html`<li>
    <p>改用安全网址：<a class="inline" href="${origin}/">${origin}/</a></p>
    <p lang="en">Use the secure address instead.</p>
  </li>`;
}

function noCertificate() {
  return html`<li>
    <p>
      大厅还没有证书。请技术人员在服务器上执行 <code>npm run hall -- tls</code>，然后重新启动服务。
    </p>
    <p lang="en">The hall has no certificate yet. Run this on the server, then start it again.</p>
  </li>`;
}

function installAuthority({ fingerprint }: AuthorityCertificate) {
  return html`<li>
    <p>
      浏览器说安全网址“不是私密连接”时，先安装大厅证书机构：<a
        class="inline"
        href="${AUTHORITY_ADDRESS}"
        download="hall-authority.crt"
        >下载 hall-authority.crt</a
      >。安装前请与服务器上 <code>npm run hall -- tls</code> 显示的指纹逐段核对：
    </p>
    <p class="fingerprint"><code>${fingerprint}</code></p>
    <p>
      Windows：双击文件 › 安装证书 › 受信任的根证书颁发机构。安卓：设置 › 安全 › 安装 CA
      证书。屏幕用 <code>npm run hall -- screen-setup</code> 生成的安装包。
    </p>
    <p lang="en">
      If the browser does not trust it, install the hall authority. Compare its SHA-256 fingerprint
      with what the server showed when it was made.
    </p>
  </li>`;
}

export const AUTHORITY_ADDRESS = '/hall-authority.crt';

/** The authority's certificate, and by `Link` the secure address, also where there is no certificate. */
export function authorityFile(c: Context<HallEnv>, secure: SecureSide): Response {
  const origin = secureOrigin(new URL(c.req.url).host, secure);
  if (origin !== undefined) c.header('link', `<${origin}/>; rel="canonical"`);
  c.header('cache-control', 'no-cache');
  if (secure.tls === undefined) return c.body(null, 404);
  return c.body(secure.tls.authority.certificate, 200, {
    'content-type': 'application/x-x509-ca-cert',
    'content-disposition': 'attachment; filename="hall-authority.crt"',
  });
}
