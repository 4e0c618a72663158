import type { Page } from 'playwright-core';

/** Named by content as the build names files, so the service worker answers for it from the shell. */
export const STILL_PAGE = '/assets/still-page.html';

/**
 * Keeps beside the shell a page that shows what the touch screen that stands there shows, of the same
 * elements, styles and fonts, and the home page behind it; its whole program is listeners.
 */
export async function keepStillPage(page: Page): Promise<void> {
  await page.evaluate(async (address) => {
    const root = document.querySelector('#root');
    if (root === null) throw new Error('no touch page');
    // oxlint-disable-next-line unicorn/consistent-function-scoping -- It goes into the page as it stands.
    const frame = (): Promise<number> => new Promise(requestAnimationFrame);
    const shownNow = root.innerHTML;
    root.querySelector<HTMLElement>('.attract-press')?.click();
    while (root.querySelector('.page-home .row') === null) await frame();
    const behind = root.innerHTML;
    const style = root.getAttribute('style') ?? '';
    const links = [...document.querySelectorAll('link[rel=stylesheet]')].map(
      (link) => `<link rel="stylesheet" crossorigin href="${link.getAttribute('href')}">`,
    );
    const program = `
      const root = document.getElementById('root');
      root.querySelector('.attract-press').addEventListener('click', () => {
        root.replaceChildren(document.getElementById('behind').content);
        for (const on of root.querySelectorAll('.tile, .row'))
          on.addEventListener('click', () => root.replaceChildren());
      });`;
    const html = `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1"><title>政务公开屏</title>
      ${links.join('')}</head><body><div id="root" style="${style}">${shownNow}</div>
      <template id="behind">${behind}</template><script type="module">${program}</script></body></html>`;
    const shell = (await caches.keys()).find((name) => name.startsWith('openhall-shell-'));
    const cache = await caches.open(shell ?? '');
    const headers = { 'content-type': 'text/html; charset=utf-8' };
    await cache.put(address, new Response(html, { headers }));
  }, STILL_PAGE);
}
