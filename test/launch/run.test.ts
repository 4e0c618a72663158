import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';

const launcher = `
  import { run } from './board-server/launch/run.mjs';
  const server = \`
    process.on('SIGTERM', () => { console.log('stopped'); process.exit(7); });
    setInterval(() => {}, 1000);
    console.log('up');
  \`;
  process.exit(await run(process.execPath, ['-e', server]));
`;

test('a signal reaches the server, and its exit code comes back', async () => {
  const child = spawn(process.execPath, ['--input-type=module', '-e', launcher]);
  const output = collect(child.stdout);
  await once(child.stdout, 'data');
  child.kill('SIGTERM');
  const [code] = await once(child, 'exit');
  expect(code).toBe(7);
  expect(await output).toBe('up\nstopped\n');
});

test('the server stops when the shell between npm and the launcher dies without a word', async () => {
  const command = '"$0" --input-type=module -e "$1"; exit $?';
  const shell = spawn('sh', ['-c', command, process.execPath, launcher]);
  const output = collect(shell.stdout);
  await once(shell.stdout, 'data');
  shell.kill('SIGKILL');
  // The pipe closes when the last process that holds it is gone.
  expect(await output).toBe('up\nstopped\n');
});

async function collect(stream: NodeJS.ReadableStream): Promise<string> {
  let text = '';
  stream.on('data', (chunk) => (text += String(chunk)));
  await once(stream, 'end');
  return text;
}
