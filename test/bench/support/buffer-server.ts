// The least that serves bytes: Node's own server and a Buffer in memory.
import { createServer } from 'node:http';

const body = Buffer.alloc(64 * 1024, 'x');
const headers = { 'content-type': 'application/octet-stream', 'content-length': body.length };
const server = createServer((request, response) => {
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
