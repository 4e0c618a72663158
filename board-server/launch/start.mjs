import { buildWhenStale } from './clients.mjs';
import { install } from './install.mjs';
import { become, SERVER } from './run.mjs';

await install();
await buildWhenStale();
await become([...SERVER, ...process.argv.slice(2)]);
