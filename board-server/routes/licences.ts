import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Hono } from 'hono';
import { html } from 'hono/html';
import type { HallEnv } from './env.ts';
import { sendPage } from './pages.ts';

const NOTICES = fileURLToPath(new URL('../third-party-notices.txt', import.meta.url));

/** [OP7] Whose work this is made of, and under which terms, for whoever gets it from this server. */
export function mountLicences(app: Hono<HallEnv>): void {
  app.get('/licences', (c) => {
    c.set('route', 'licences');
    return sendPage(
      c,
      200,
      '第三方许可',
      html`<p class="lead">政务公开屏 <span lang="en">OpenHall</span></p>
        <h1>第三方许可 <span lang="en">Third-party licences</span></h1>
        <p>本系统以 Apache-2.0 许可发布，并包含下列软件和字体。</p>
        <p lang="en">OpenHall is under Apache-2.0 and contains the software and fonts below.</p>
        <pre lang="en">${readFileSync(NOTICES, 'utf8')}</pre>`,
    );
  });
}
