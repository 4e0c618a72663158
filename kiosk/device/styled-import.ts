/**
 * Stands in for what Vite ships to load a part of the program with its styles: half a kilobyte less on
 * every screen. Addresses are of the built shell, from its root.
 */
export async function __vitePreload<Part>(
  load: () => Promise<Part>,
  styles: readonly string[] = [],
): Promise<Part> {
  await Promise.all(styles.map((address) => addStyle(`/${address}`)));
  return load();
}

async function addStyle(href: string): Promise<void> {
  if (document.querySelector(`link[href="${href}"]`) !== null) return;
  await new Promise((resolve, reject) => {
    const link = document.createElement('link');
    Object.assign(link, { rel: 'stylesheet', href, onload: resolve, onerror: reject });
    document.head.append(link);
  });
}
