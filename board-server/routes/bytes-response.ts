import type { BytesReply } from './handlers.ts';

/** RFC 6266: the plain name for what cannot read the other. */
export function bytesResponse({ name, length, stream }: BytesReply): Response {
  const plain = name.replace(/[^\w.-]+/g, '').replace(/-{2,}/g, '-');
  return new Response(stream, {
    headers: {
      'content-type': 'application/octet-stream',
      'content-length': String(length),
      'content-disposition': `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name)}`,
    },
  });
}
