import type { HtmlTagDescriptor, Plugin } from 'vite';

/**
 * Names in the touch page every script of the program that its first script calls for: they come side
 * by side while the invitation is drawn, and not one after the other once it stands.
 */
export const preloadProgram = (): Plugin => ({
  name: 'openhall-preload-program',
  apply: 'build',
  transformIndexHtml: {
    order: 'post',
    handler(_html, { path, chunk, bundle = {} }) {
      if (path !== '/touch/index.html' || chunk === undefined) return [];
      const files = new Set([...chunk.imports, ...chunk.dynamicImports]);
      for (const file of files) {
        const part = bundle[file];
        for (const next of part?.type === 'chunk' ? part.imports : []) files.add(next);
      }
      return [...files].map(linkTo);
    },
  },
});

const linkTo = (file: string): HtmlTagDescriptor => ({
  tag: 'link',
  attrs: { rel: 'modulepreload', crossorigin: true, href: `/${file}` },
  injectTo: 'head',
});
