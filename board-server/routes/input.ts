import { fromUtf8 } from '../../shared/kit/bytes.ts';
import { parseJson } from '../../shared/kit/json.ts';
import type { Result } from '../../shared/kit/result.ts';
import { accepted, refused } from '../../shared/kit/result.ts';

type Members = Readonly<Record<string, unknown>>;
type Read = Result<Members, 'malformed' | 'too-large'>;

const DEEPEST = 64;

/** The query as members; a name given twice is refused, since the two readers may differ. */
export function readQuery(query: URLSearchParams): Read {
  const names = [...query.keys()];
  if (new Set(names).size !== names.length) return refused('malformed', 'query');
  return plain(Object.fromEntries(query));
}

/** The body as members of one JSON object; no body is an empty object. */
export async function readBody(request: Request, maxBytes: number): Promise<Read> {
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) return refused('too-large');
  const bytes = await readBytes(request.body, maxBytes);
  if (bytes === undefined) return refused('too-large');
  if (bytes.length === 0) return accepted({});
  // A form or text/plain could be sent by any page without asking first; JSON cannot.
  if (
    !/^application\/json(?:; ?charset=utf-8)?$/i.test(request.headers.get('content-type') ?? '')
  ) {
    return refused('malformed', 'content-type');
  }
  const text = fromUtf8(bytes);
  return plain(text === undefined ? undefined : parseJson(text));
}

async function readBytes(
  body: ReadableStream<Uint8Array> | null,
  maxBytes: number,
): Promise<Uint8Array | undefined> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of body ?? []) {
    size += part.length;
    if (size > maxBytes) return undefined; // Leaving the loop cancels the stream.
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** An object of JSON that nothing behind here can stumble over. */
function plain(value: unknown): Read {
  if (!isMembers(value)) return refused('malformed', 'an object is expected');
  const reason = whyUnfit(value);
  return reason === undefined ? accepted(value) : refused('malformed', reason);
}

/**
 * Text must be well-formed, since half a surrogate pair has no UTF-8 bytes to sign; `__proto__` is
 * no name for a member; and depth is bounded because schemas recurse.
 */
function whyUnfit(root: unknown): string | undefined {
  const rest: { readonly value: unknown; readonly depth: number }[] = [{ value: root, depth: 0 }];
  for (let next = rest.pop(); next !== undefined; next = rest.pop()) {
    const { value, depth } = next;
    if (typeof value === 'string' && !value.isWellFormed()) return 'text is not well-formed';
    if (typeof value !== 'object' || value === null) continue;
    if (depth === DEEPEST) return 'nested too deeply';
    for (const [name, member] of Object.entries(value)) {
      if (name === '__proto__' || !name.isWellFormed()) return 'a member has no proper name';
      rest.push({ value: member, depth: depth + 1 });
    }
  }
  return undefined;
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
