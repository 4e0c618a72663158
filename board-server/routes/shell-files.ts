import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import type { Audience } from './security-headers.ts';

/**
 * The built clients, read once at start into a map of addresses. Requests only look up this map:
 * no address ever becomes a path, so there is nothing to traverse.
 */
export type ShellFiles = ReadonlyMap<string, ShellFile>;

export interface ShellFile {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly type: string;
  readonly audience: Audience;
  readonly cacheControl: string;
  readonly etag: string;
  /** Made when first asked for; undefined where it would not help. */
  readonly brotli: () => Promise<Uint8Array<ArrayBuffer> | undefined>;
}

/**
 * `dist/kiosk` answers under `/`, `dist/admin` under `/admin/`. [OP6] `before` has the hashed files
 * of the build before, for pages that were opened then.
 */
export function readShellFiles(dist: string, before?: string): ShellFiles {
  return new Map([
    ...(before === undefined ? [] : readShellFiles(before)),
    ...readClient(join(dist, 'kiosk'), '/', 'kiosk'),
    ...readClient(join(dist, 'admin'), '/admin/', 'admin'),
  ]);
}

function readClient(folder: string, base: string, audience: Audience): [string, ShellFile][] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .flatMap((path) => {
      const name = relative(folder, path).split(sep).join('/');
      const type = TYPES[extname(name)];
      // Build manifests and whatever else has no business in a browser.
      if (type === undefined || name.startsWith('.')) return [];
      const file = createFile(readFileSync(path), name, type, audience);
      return addressesOf(base, name).map((address): [string, ShellFile] => [address, file]);
    });
}

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.dots': 'application/octet-stream',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.mp3': 'audio/mpeg',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};
const PACKED_ALREADY = /^(?:font|audio|image\/(?:png|webp))/;
/** Below this a packet is saved at best. */
const WORTH_PACKING_BYTES = 1024;

function createFile(
  bytes: Uint8Array<ArrayBuffer>,
  name: string,
  type: string,
  page: Audience,
): ShellFile {
  const isPage = name.endsWith('.html');
  // The build names what lies in assets/ by content.
  const isHashed = name.startsWith('assets/');
  let packed: Promise<Uint8Array<ArrayBuffer> | undefined> | undefined;
  return {
    bytes,
    type,
    audience: isPage ? page : 'asset',
    cacheControl: isHashed ? 'public, max-age=31536000, immutable' : 'no-cache',
    etag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 32)}"`,
    brotli: () => (packed ??= pack(bytes, type)),
  };
}

const compress = promisify(brotliCompress);

async function pack(bytes: Uint8Array, type: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  if (bytes.length < WORTH_PACKING_BYTES || PACKED_ALREADY.test(type)) return undefined;
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: 9,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  };
  const brotli = await compress(bytes, { params });
  return brotli.length < bytes.length ? new Uint8Array(brotli) : undefined;
}

/** `touch/index.html` is also `/touch/`; service workers precache it by its own name. */
function addressesOf(base: string, name: string): string[] {
  const folder = /^(?:(.*\/)?)index\.html$/.exec(name);
  return folder === null ? [base + name] : [base + name, base + (folder[1] ?? '')];
}
