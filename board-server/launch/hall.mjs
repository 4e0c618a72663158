import { install } from './install.mjs';
import { become } from './run.mjs';

await install();
await become(['board-server/tool/main.ts', ...process.argv.slice(2)]);
