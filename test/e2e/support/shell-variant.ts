import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The files of a built shell by address, as a server hands them out. */
export type ShellFiles = ReadonlyMap<string, Buffer>;

export interface BuiltShell {
  readonly build: string;
  readonly files: ShellFiles;
  /** Address of the board page's own script. */
  readonly entry: string;
}

const DIST = fileURLToPath(new URL('../../../dist/kiosk', import.meta.url));

/** The shell that `npm run build` made. */
export function builtShell(): BuiltShell {
  const files = readdirSync(DIST, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile())
    .map((file) => join(file.parentPath, file.name))
    .map((path) => [path.slice(DIST.length), readFileSync(path)] as const);
  return shellOf(new Map(files));
}

export interface Variation {
  /** Twelve hexadecimal digits. */
  readonly build: string;
  /** The board page's own script. */
  readonly entry?: (script: string) => string;
  /** Shorter waits than those the build writes, in milliseconds. */
  readonly limits?: { readonly bootLimitMs?: number; readonly serverMs?: number };
  /** Another worker altogether. */
  readonly worker?: string;
}

/** The same shell with a page that looks, rests and waits for seconds instead of minutes. */
export function hasten(from: BuiltShell): BuiltShell {
  const files = new Map(from.files);
  for (const path of files.keys()) {
    if (!/^\/assets\/shell-[^/]*\.js$/.test(path)) continue;
    const hastened = WAITS.reduce(
      (script, [written, shorter]) => {
        if (!script.includes(written)) throw new Error(`${path} without ${written}`);
        return script.replaceAll(written, shorter);
      },
      text(files, path),
    );
    files.set(path, Buffer.from(hastened));
  }
  files.set('/sw.js', Buffer.from(retold(files, {})));
  return shellOf(files);
}

/** Fifteen and ten minutes and half a minute, as the build writes them. */
const WAITS = [
  ['9e5', '1500'],
  ['6e5', '3000'],
  ['3e4', '4000'],
] as const;

/** Another build: the same files but for the board's script, which has another name. */
export function vary(from: BuiltShell, { build, entry, limits, worker }: Variation): BuiltShell {
  const files = new Map(from.files);
  const script = `/assets/board-${build}.js`;
  const source = text(files, from.entry);
  files.delete(from.entry);
  files.set(script, Buffer.from(entry?.(source) ?? source));
  const everywhere = (path: string) =>
    text(files, path).replaceAll(from.build, build).replaceAll(from.entry, script);
  for (const path of ['/board/index.html', '/touch/index.html', '/shell.json', '/sw.js'])
    files.set(path, Buffer.from(everywhere(path)));
  files.set('/sw.js', Buffer.from(worker ?? retold(files, { build, ...limits })));
  return shellOf(files);
}

function shellOf(files: ShellFiles): BuiltShell {
  const { build } = JSON.parse(text(files, '/shell.json')) as { build: string };
  const entry = /src="(\/assets\/[^"]+)"/.exec(text(files, '/board/index.html'))?.[1];
  if (entry === undefined) throw new Error('a board page without its script');
  return { build, files, entry };
}

/** The worker's script with the digests of these files and the limits of this variation. */
function retold(files: ShellFiles, told: object): string {
  return text(files, '/sw.js')
    .replace(/\{"build":[^}]*\}/, (found) =>
      JSON.stringify({ ...(JSON.parse(found) as object), ...told }),
    )
    .replace(/\{"integrity":[^}]*\}/g, (found) => {
      const entry = JSON.parse(found) as { url: string };
      const bytes = files.get(entry.url);
      if (bytes === undefined) throw new Error(`the worker names ${entry.url}`);
      const digest = createHash('sha256').update(bytes).digest('base64');
      return JSON.stringify({ ...entry, integrity: `sha256-${digest}` });
    });
}

const text = (files: ShellFiles, path: string): string => files.get(path)?.toString('utf8') ?? '';
