import type { Context } from 'hono';
import type * as z from 'zod/mini';
import { canonicalBytes } from '../../shared/kit/json.ts';
import { concat, utf8 } from '../../shared/kit/bytes.ts';
import type { HallEnv } from './env.ts';

/** A file of lines, sent as fast as the reader takes it and never held whole. */
export function sendLines(
  c: Context<HallEnv>,
  line: z.ZodMiniType,
  first: unknown,
  { name, lines }: { readonly name: string; readonly lines: AsyncIterable<unknown> },
): Response {
  return c.body(streamOf(pieces(line, first, lines)), 200, {
    'content-type': 'application/x-ndjson',
    'content-disposition': `attachment; filename="${name}"`,
  });
}

/** Asks for the next piece when the one before has been taken. */
function streamOf(source: AsyncGenerator<Uint8Array<ArrayBuffer>>) {
  return new ReadableStream<Uint8Array<ArrayBuffer>>({
    async pull(controller) {
      const next = await source.next();
      if (next.done === true) controller.close();
      else controller.enqueue(next.value);
    },
    async cancel() {
      await source.return(undefined);
    },
  });
}

/** A packet of a few kilobytes each would cost more than what is in it. */
const PIECE_BYTES = 64 * 1024;

async function* pieces(
  line: z.ZodMiniType,
  first: unknown,
  rest: AsyncIterable<unknown>,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let waiting = [textOf(line, first)];
  let bytes = 0;
  for await (const value of rest) {
    const text = textOf(line, value);
    waiting.push(text);
    bytes += text.length;
    if (bytes < PIECE_BYTES) continue;
    yield concat(waiting);
    waiting = [];
    bytes = 0;
  }
  yield concat(waiting);
}

/** Parsed on the way out, as every answer is. */
function textOf(line: z.ZodMiniType, value: unknown): Uint8Array {
  return concat([canonicalBytes(Object(line.parse(value))), NEWLINE]);
}

const NEWLINE = utf8('\n');
