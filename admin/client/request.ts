import type { InputOf, RouteName } from '../../shared/protocol/routes.ts';
import { routes } from '../../shared/protocol/routes.ts';

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  /** JSON text; null for a GET. */
  readonly body: string | null;
}

/** A call as HTTP: names in the path are taken from the input, the rest is query or JSON body. */
export function requestOf<Name extends RouteName>(name: Name, input: InputOf<Name>): HttpRequest {
  const { method, path } = routes[name];
  const rest = new Map<string, unknown>(Object.entries(input));
  const filled = path.replace(/:(\w+)/g, (_, key: string) => {
    const value = rest.get(key);
    if (typeof value !== 'string') throw new Error(`broken assumption: ${name} needs ${key}`);
    rest.delete(key);
    return encodeURIComponent(value);
  });
  if (method === 'GET') return { method, path: filled + queryOf(rest), body: null };
  return { method, path: filled, body: JSON.stringify(Object.fromEntries(rest)) };
}

function queryOf(values: ReadonlyMap<string, unknown>): string {
  const query = new URLSearchParams();
  for (const [key, value] of values) {
    if (typeof value === 'string' || typeof value === 'number') query.set(key, String(value));
  }
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}
