import { buildWhenStale } from './clients.mjs';
import { install } from './install.mjs';
import { become } from './run.mjs';

await install();
await buildWhenStale();
await become(['board-server/main.ts', ...process.argv.slice(2)]);
