/** A file of a shell as the build lists it: its address, and the digest that SRI demands. */
export interface ShellFile {
  readonly url: string;
  readonly integrity: string;
}

const PREFIX = 'openhall-shell-';
/** Written last: a cache that has it was whole once. */
const LIST = '/shell-files';

/** [SH1] Shells in Cache Storage, each whole in a cache named by its build. */
export const cacheOf = (build: string): string => PREFIX + build;

export async function keptBuilds(): Promise<readonly string[]> {
  const names = await caches.keys();
  return names.flatMap((name) => (name.startsWith(PREFIX) ? [name.slice(PREFIX.length)] : []));
}

/** Drops every shell but these, and whatever else an earlier program left in Cache Storage. */
export async function keepOnly(names: readonly string[]): Promise<void> {
  const all = await caches.keys();
  await Promise.all(all.filter((name) => !names.includes(name)).map((name) => caches.delete(name)));
}

/** [SH1] Fetches what the cache lacks of the shell, each file verified; throws when one cannot be had. */
export async function fill(build: string, files: readonly ShellFile[]): Promise<void> {
  const cache = await caches.open(cacheOf(build));
  const have = await pathsIn(cache);
  for (const file of files) {
    if (have.has(file.url)) continue;
    if (isNamedByContent(file.url) && (await takeFromAnother(cache, file))) continue;
    const request = new Request(file.url, { cache: 'no-cache', integrity: file.integrity });
    const response = await fetch(request, { signal: AbortSignal.timeout(FILE_MS) });
    if (!response.ok) throw new Error(`${file.url}: ${response.status}`);
    await cache.put(file.url, response);
  }
  await cache.put(LIST, Response.json(files.map(({ url }) => url)));
}

/** A file of a shell that brings nothing for so long keeps the shell from coming. */
const FILE_MS = 60_000;

/** [SH6] Whether every file that was once put there still is. */
export async function isWhole(build: string): Promise<boolean> {
  if (!(await caches.has(cacheOf(build)))) return false;
  const cache = await caches.open(cacheOf(build));
  const [list, have] = await Promise.all([cache.match(LIST), pathsIn(cache)]);
  const files: unknown = list === undefined ? undefined : await list.json();
  return Array.isArray(files) && files.every((url) => typeof url === 'string' && have.has(url));
}

/** The file from the first of these shells that has it. */
export async function fileOf(
  builds: readonly string[],
  url: string,
): Promise<Response | undefined> {
  for (const build of builds) {
    const response = await caches.match(url, { cacheName: cacheOf(build) });
    if (response !== undefined) return response;
  }
  return undefined;
}

async function takeFromAnother(cache: Cache, { url }: ShellFile): Promise<boolean> {
  try {
    const response = await fileOf(await keptBuilds(), url);
    if (response === undefined) return false;
    await cache.put(url, response);
    return true;
  } catch (error) {
    if (error instanceof Error) return false; // Damaged where it lies: it is fetched.
    throw error;
  }
}

/** The build names what lies in assets/ by content. */
export const isNamedByContent = (url: string): boolean => url.startsWith('/assets/');

async function pathsIn(cache: Cache): Promise<ReadonlySet<string>> {
  return new Set((await cache.keys()).map(({ url }) => new URL(url).pathname));
}
