import type { PageToWorker } from '../../shared/protocol/shell.ts';

/** Names the files of this page's shell; written into the page by the build. */
export const shellBuild =
  document.querySelector<HTMLMetaElement>('[name=openhall-shell]')?.content ?? 'development';

/** [SH4] Tells the worker that gave this page that it came to nothing. */
export function tellThrew(): void {
  const message: PageToWorker = { kind: 'threw' };
  if ('serviceWorker' in navigator) navigator.serviceWorker.controller?.postMessage(message, []);
}
