/**
 * On a glass of its own the browser's keys do nothing: no tab, no print, no find, no zoom. The kit
 * lets no keyboard in at all; this is for boxes that were set up otherwise. A window with an address
 * bar is somebody's desk, and keeps its keys.
 */
export function keepKeys(page: Window): void {
  page.addEventListener(
    'keydown',
    (event) => {
      if (page.outerHeight !== page.innerHeight) return;
      const { key, ctrlKey, altKey, metaKey } = event;
      if (ctrlKey || altKey || metaKey || BROWSERS_OWN.test(key)) event.preventDefault();
    },
    { capture: true },
  );
}

const BROWSERS_OWN = /^(?:F\d+|Browser\w+|Launch\w+|ContextMenu|Help|Print(?:Screen)?)$/;
