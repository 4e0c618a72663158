import { buildWhenStale } from './clients.mjs';
import { install } from './install.mjs';

await install();
await buildWhenStale();
