import type { Context } from 'hono';
import { html } from 'hono/html';
import type { HallCard } from '../../shared/domain/release.ts';
import type { HallEnv } from './env.ts';
import type { SecureSide } from './insecure.ts';
import { explanation } from './insecure.ts';
import { securityHeaders } from './security-headers.ts';

/** The few pages that the server writes itself: plain, without scripts, Chinese first. */

export interface Front {
  readonly hall: HallCard;
  /** The hall's screens, each with the address it is launched at. */
  readonly screens: readonly {
    readonly name: string;
    readonly address: string;
    readonly kind: Kind;
  }[];
}
type Kind = 'touch' | 'board';

/** [TL5] Over plain http the way to the console is replaced by what is wrong. */
export function frontPage(
  c: Context<HallEnv>,
  { hall, screens }: Front,
  secure: SecureSide,
): Response | Promise<Response> {
  const isPlain = c.var.visit.way === 'plain';
  const listed = screens
    .slice(0, LISTED_MAX)
    .map(({ name, address, kind }) => entry(address, name, KINDS[kind]));
  const bare = html`<li>
    <p>还没有登记屏幕，请在管理台登记。</p>
    <p lang="en">No screen is registered yet; register one in the console.</p>
  </li>`;
  const rest = html`<li>
    <p>其余 ${screens.length - LISTED_MAX} 块屏的地址在管理台的“屏幕”页。</p>
    <p lang="en">The addresses of the others are in the console.</p>
  </li>`;
  const demo = html`<p class="demo">
    演示数据
    <span lang="en">Demonstration data: the county and its notices are invented.</span>
  </p>`;
  const wall = entry(
    '/wall/',
    '演示墙：几块屏幕并排，可拖动时间，可试断网断电',
    'Demonstration wall',
  );
  return sendPage(
    c,
    200,
    hall.name,
    html`<p class="lead">政务公开屏 <span lang="en">OpenHall</span></p>
      <h1>${hall.name}</h1>
      ${hall.demo ? demo : ''} ${isPlain ? explanation(c, secure) : ''}
      <ul>
        ${listed.length === 0 ? bare : listed} ${screens.length > LISTED_MAX ? rest : ''}
        ${hall.demo ? wall : ''}
        ${isPlain ? '' : entry('/admin/', '管理台：撰写、审核、排期与发布', 'Console')}
      </ul>
      <p class="elsewhere">
        <a href="/api/">接口说明 <span lang="en">Interface</span></a>
        <a href="/licences">第三方许可 <span lang="en">Licences</span></a>
      </p>`,
  );
}

/** A hall's own screens; thousands would be no page to read. */
const LISTED_MAX = 50;

const KINDS: Readonly<Record<Kind, string>> = { touch: 'Touch screen', board: 'Display board' };

function entry(address: string, zh: string, en: string) {
  return html`<li>
    <a href="${address}">${zh} <span lang="en">${en}</span></a>
  </li>`;
}

/** [TL5] In place of the console where others could read along. */
export function insecurePage(
  c: Context<HallEnv>,
  secure: SecureSide,
): Response | Promise<Response> {
  return sendPage(
    c,
    403,
    '管理台要用安全网址打开',
    html`<p class="lead">政务公开屏 <span lang="en">OpenHall</span></p>
      <h1>管理台要用安全网址打开 <span lang="en">The console opens by https only</span></h1>
      ${explanation(c, secure)}
      <p>
        <a href="/">返回首页 <span lang="en">Front page</span></a>
      </p>`,
  );
}

export function missingPage(c: Context<HallEnv>): Response | Promise<Response> {
  return sendPage(
    c,
    404,
    '没有这个页面',
    html`<h1>没有这个页面 <span lang="en">There is no such page</span></h1>
      <p>地址可能写错了，或内容已经移走。</p>
      <p lang="en">The address may be mistyped, or the page has moved.</p>
      <p>
        <a href="/">返回首页 <span lang="en">Front page</span></a>
      </p>`,
  );
}

/** `requestId` finds the failure in the log. */
export function brokenPage(c: Context<HallEnv>, requestId: string): Response | Promise<Response> {
  return sendPage(
    c,
    500,
    '服务器出错',
    html`<h1>服务器出错 <span lang="en">The server failed</span></h1>
      <p>请稍后重试；仍然如此，请把编号 <code>${requestId}</code> 告诉管理员。</p>
      <p lang="en">Try again; if it persists, give the administrator this number.</p>`,
  );
}

export function sendPage(
  c: Context<HallEnv>,
  status: 200 | 403 | 404 | 500,
  title: string,
  body: ReturnType<typeof html>,
) {
  for (const [name, value] of Object.entries(securityHeaders('page', c.var.visit)))
    c.header(name, value);
  c.header('cache-control', 'no-cache');
  return c.html(
    html`<!doctype html>
      <html lang="zh-CN">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width" />
          <title>${title}</title>
          <link rel="stylesheet" href="${STYLE_ADDRESS}" />
        </head>
        <body>
          <main>${body}</main>
        </body>
      </html> `,
    status,
  );
}

export const STYLE_ADDRESS = '/plain.css';
export const STYLE = `:root { color-scheme: light; font: 18px/1.7 "Noto Sans SC", "Microsoft YaHei", "PingFang SC", sans-serif; }
body { margin: 0; background: #f6f4ef; color: #1d2a33; }
main { max-width: 40rem; margin: 12vh auto 4rem; padding: 0 1.5rem; }
h1 { font-size: 2rem; line-height: 1.3; margin: 0 0 1.5rem; }
[lang="en"] { color: #55636d; font-size: 0.85em; }
.lead { margin: 0; color: #8a1f11; font-weight: 700; }
.demo { padding: 0.5rem 1rem; background: #fff; border-left: 4px solid #8a1f11; }
ul { list-style: none; margin: 2rem 0; padding: 0; border-top: 1px solid #d9d4c8; }
li { border-bottom: 1px solid #d9d4c8; }
a { color: #0b4f7d; display: block; padding: 0.6rem 0; }
h2 { font-size: 1.15rem; margin: 1.5rem 0 0.5rem; }
p { margin: 0.4rem 0; }
code { font: 0.9em/1.5 ui-monospace, "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; }
.insecure { margin: 2rem 0; padding: 0.25rem 1.5rem 1rem; background: #fff; border-left: 4px solid #8a1f11; }
.insecure ol { margin: 0; padding-left: 1.4rem; }
.insecure li { border: 0; margin: 0.9rem 0; }
.insecure a.inline { display: inline; padding: 0; }
.fingerprint { padding: 0.4rem 0.8rem; background: #f6f4ef; }
h3 { font-size: 1rem; margin: 0; overflow-wrap: anywhere; }
a.inline { display: inline; }
.routes li { padding: 0.8rem 0; }
.routes p { margin: 0.2rem 0; }
.fields { color: #55636d; font-size: 0.9em; }
pre { font: 0.8em/1.5 ui-monospace, "DejaVu Sans Mono", monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
.elsewhere { margin-top: 2rem; font-size: 0.9em; }
.elsewhere a { display: inline-block; margin-right: 1.5rem; }
a:focus-visible { outline: 3px solid #0b4f7d; outline-offset: 3px; }
`;
