// The least that serves bytes: Node's own server and a Buffer in memory, or an object's file as it is.
import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { createServer } from 'node:http';

const body = Buffer.alloc(64 * 1024, 'x');
const headers = { 'content-type': 'application/octet-stream', 'content-length': body.length };
const held: { newest?: ServerResponse } = {};
const server = createServer(async (request, response) => {
  // As the hall does, so that what was compiled for HTTP outlives a collection of garbage.
  if (process.env['HOLD'] === 'newest') held.newest = response;
  const name = /^\/objects\/([0-9a-f]{64})$/.exec(request.url ?? '')?.[1];
  if (name !== undefined) {
    const bytes = await readFile(`${process.env['OBJECTS']}/${name.slice(0, 2)}/${name}`);
    response.writeHead(200, { ...headers, 'content-length': bytes.length });
    response.end(bytes);
    return;
  }
  if (request.headers.range === undefined) {
    response.writeHead(200, headers);
    response.end(body);
    return;
  }
  const part = body.subarray(1024, 2048);
  response.writeHead(206, { ...headers, 'content-length': part.length });
  response.end(part);
});
const port = Number(process.env['PORT']);
server.listen(port, '127.0.0.1', () => process.stdout.write(`http://127.0.0.1:${port}\n`));
process.once('SIGTERM', () => process.exit(0));
process.stdin.once('end', () => process.exit(0)).resume(); // Whoever started it is gone.
