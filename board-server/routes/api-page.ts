import type { Context, Hono } from 'hono';
import { html } from 'hono/html';
import { POLICY, ROLES } from '../../shared/domain/policy.ts';
import type { Action } from '../../shared/domain/policy.ts';
import type { RouteName } from '../../shared/protocol/routes.ts';
import { REFUSALS, routes } from '../../shared/protocol/routes.ts';
import { ROLE_WORDS, ROUTE_WORDS } from './api-words.ts';
import type { HallEnv } from './env.ts';
import { ROUTE_NAMES } from './mount.ts';
import { openApi } from './openapi.ts';
import { sendPage } from './pages.ts';
import { STATUS } from './refusals.ts';

export const API_DESCRIPTION = '/api/openapi.json';

/** [OP3] The table of routes, for programs and for people. Neither says more than the source does. */
export function mountApiDescription(app: Hono<HallEnv>): void {
  let text: string | undefined;
  app.get(API_DESCRIPTION, (c) => {
    c.set('route', 'api');
    text ??= JSON.stringify(openApi());
    return c.body(text, 200, { 'content-type': 'application/json', 'cache-control': 'no-cache' });
  });
  app.get('/api/', (c) => {
    c.set('route', 'api');
    return apiPage(c);
  });
}

function apiPage(c: Context<HallEnv>): Response | Promise<Response> {
  return sendPage(
    c,
    200,
    '接口说明',
    html`<p class="lead">政务公开屏 <span lang="en">OpenHall</span></p>
      <h1>接口说明 <span lang="en">HTTP interface</span></h1>
      <p>
        请求和回答都是 JSON。除 GET 外，请求要写明 <code>Origin</code>，且必须是本服务器自己的地址。
        给程序用的说明：<a class="inline" href="${API_DESCRIPTION}">OpenAPI 3.1</a>。
      </p>
      <p lang="en">
        Requests and answers are JSON. All but GET name their Origin, which must be this server’s
        own. For programs: the OpenAPI description above.
      </p>
      <ul class="routes">
        ${ROUTE_NAMES.map(entry)}
      </ul>
      <h2>拒绝代码 <span lang="en">Refusals</span></h2>
      <p>${REFUSALS.map((code) => html`<code>${STATUS[code]}&nbsp;${code}</code> `)}</p>`,
  );
}

function entry(name: RouteName) {
  const { method, path, action, summary, input } = routes[name];
  const named = Object.keys(input.shape).filter((key) => !path.includes(`:${key}`));
  const fields = html`<p class="fields">
    ${method === 'GET' ? '查询参数' : '请求内容'}
    <span lang="en">${method === 'GET' ? 'Query' : 'Body'}</span>
    ${named.map((key) => html`<code>${key}</code> `)}
  </p>`;
  return html`<li>
    <h3><code>${method} ${path}</code></h3>
    <p>${ROUTE_WORDS[name]} <span lang="en">${summary}</span></p>
    ${named.length === 0 ? '' : fields}
    <p class="fields">${whoMay(action)}</p>
  </li>`;
}

function whoMay(action: Action | null) {
  if (action === null) return html`对所有人开放 <span lang="en">Open to everyone</span>`;
  const roles = ROLES.flatMap((role) => {
    const scope = POLICY[role][action];
    if (scope === undefined) return [];
    return [scope === 'own' ? `${ROLE_WORDS[role]}（本部门）` : ROLE_WORDS[role]];
  });
  return html`${roles.join('、')} <span lang="en">${action}</span>`;
}
