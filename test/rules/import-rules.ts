import { posix } from 'node:path';
import { parseSync } from 'vite';

/** One sentence for each import of this source that points the wrong way. `path` is from the root. */
export function findWrongImports(path: string, source: string, runtime: Set<string>): string[] {
  return listImports(path, source).flatMap((found) => {
    const reason = found.specifier.startsWith('.')
      ? refuseFile(path, posix.join(posix.dirname(path), found.specifier))
      : refusePackage(path, found, runtime);
    return reason === undefined ? [] : [`${path} imports ${found.specifier}: ${reason}`];
  });
}

type Import = { specifier: string; isTypeOnly: boolean; isDynamic: boolean };

// shared/ from the bottom up: a folder may import itself and those before it.
const LAYERS = ['kit', 'domain', 'records', 'trust', 'protocol', 'sync'];

function refuseFile(from: string, to: string): string | undefined {
  const [fromTop = '', fromLayer = ''] = from.split('/');
  const [toTop = '', toLayer = ''] = to.split('/');
  if (fromTop === 'test') return undefined;
  if (fromTop !== 'shared') {
    return toTop === 'shared' || toTop === fromTop ? undefined : 'an app may import only shared/';
  }
  if (toTop !== 'shared') return 'shared/ stands on nothing of ours';
  const [here, there] = [LAYERS.indexOf(fromLayer), LAYERS.indexOf(toLayer)];
  if (here === -1 || there === -1) return `not one of ${LAYERS.join(', ')}`;
  return there <= here ? undefined : `shared/${fromLayer} is below shared/${toLayer}`;
}

function refusePackage(from: string, found: Import, runtime: Set<string>): string | undefined {
  const top = from.split('/', 1)[0] ?? '';
  if (top === 'shared') {
    return found.specifier === 'zod/mini' ? undefined : 'shared/ uses no package but zod/mini';
  }
  // Development may load the tools lazily; a server installed without them must still start.
  if (top !== 'board-server' || found.isTypeOnly || found.isDynamic) return undefined;
  if (found.specifier.startsWith('node:') || runtime.has(packageName(found.specifier))) {
    return undefined;
  }
  return 'the server runs on "dependencies" alone';
}

function packageName(specifier: string): string {
  const [scope = '', name = ''] = specifier.split('/');
  return scope.startsWith('@') ? `${scope}/${name}` : scope;
}

function listImports(path: string, source: string): Import[] {
  const parsed = parseSync(path, source);
  const [error] = parsed.errors;
  if (error !== undefined) throw new Error(`${path}: ${error.message}`);
  const { staticImports, staticExports, dynamicImports } = parsed.module;
  return [
    ...staticImports.map((found) => ({
      specifier: found.moduleRequest.value,
      isTypeOnly: found.entries.length > 0 && found.entries.every((entry) => entry.isType),
      isDynamic: false,
    })),
    ...staticExports.flatMap(({ entries }) =>
      entries.flatMap(({ moduleRequest, isType }) =>
        moduleRequest === null
          ? []
          : [{ specifier: moduleRequest.value, isTypeOnly: isType, isDynamic: false }],
      ),
    ),
    ...dynamicImports.flatMap(({ moduleRequest }) => {
      const text = source.slice(moduleRequest.start, moduleRequest.end);
      // A computed address (`import(path)`) names no file to judge.
      const literal = /^(['"`])([^$]*)\1$/.exec(text)?.[2];
      return literal === undefined
        ? []
        : [{ specifier: literal, isTypeOnly: false, isDynamic: true }];
    }),
  ];
}
