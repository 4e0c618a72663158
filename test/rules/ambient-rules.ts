import { Visitor, parseSync } from 'vite';

/** One sentence for each place where a shared/ file reads the world by itself instead of by a port. */
export function findAmbientReads(path: string, source: string): string[] {
  const found: string[] = [];
  const report = (start: number, what: string) => {
    const line = source.slice(0, start).split('\n').length;
    found.push(`${path}:${line} reads ${what}`);
  };
  new Visitor({
    NewExpression({ callee, arguments: given, start }) {
      if (callee.type !== 'Identifier' || callee.name !== 'Date') return;
      if (given.length === 0) report(start, 'new Date()');
    },
    CallExpression({ callee, start }) {
      if (callee.type === 'Identifier' && CALLS.has(callee.name)) report(start, `${callee.name}()`);
    },
    MemberExpression({ object, property, start }) {
      if (object.type !== 'Identifier') return;
      const member = `${object.name}.${property.type === 'Identifier' ? property.name : ''}`;
      if (MEMBERS.has(member) || OBJECTS.has(object.name)) report(start, member);
    },
  }).visit(parseSync(path, source).program);
  return found;
}

const CALLS = new Set(['Date', 'fetch', 'setTimeout', 'setInterval', 'queueMicrotask']);
const MEMBERS = new Set(['Date.now', 'Math.random']);
// `window` and `document` are honest names here (a window of time, a policy document). The type
// checker refuses them as globals, because shared/ is checked without the DOM.
const OBJECTS = new Set([
  'crypto',
  'globalThis',
  'indexedDB',
  'localStorage',
  'navigator',
  'performance',
  'process',
  'self',
]);
