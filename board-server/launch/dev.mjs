import { install } from './install.mjs';
import { become } from './run.mjs';

await install();
await become([
  '--watch',
  '--watch-preserve-output',
  'board-server/main.ts',
  '--dev',
  ...process.argv.slice(2),
]);
