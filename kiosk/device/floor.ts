/**
 * What a browser must have to be a screen, below which it gets a clear page and nothing else. The
 * floor is Chromium 109; a missing secure context is by far the commonest lack.
 */
export const FEATURES = [
  'secure-context',
  'web-crypto',
  'indexed-db',
  'local-storage',
  'streams',
  'web-animations',
] as const;
export type Feature = (typeof FEATURES)[number];

/** Those of the features that this page lacks, the most telling first. */
export function missingFeatures(page: Window & typeof globalThis): readonly Feature[] {
  return FEATURES.filter((feature) => !has(feature, page));
}

function has(feature: Feature, page: Window & typeof globalThis): boolean {
  switch (feature) {
    case 'secure-context':
      return page.isSecureContext;
    case 'web-crypto':
      return 'crypto' in page && 'subtle' in page.crypto;
    case 'indexed-db':
      return 'indexedDB' in page && 'IDBTransaction' in page;
    case 'local-storage':
      return hasLocalStorage(page);
    case 'streams':
      return 'ReadableStream' in page && 'AbortController' in page;
    case 'web-animations':
      return 'animate' in page.Element.prototype;
  }
}

function hasLocalStorage(page: Window): boolean {
  try {
    page.localStorage.getItem('openhall');
    return true;
  } catch {
    return false; // Denied by the browser's settings: reading the property throws.
  }
}
