import { buildWhenStale } from './clients.mjs';
import { requireChromium } from './chromium.mjs';
import { install } from './install.mjs';
import { become } from './run.mjs';

await install();
process.env['CHROMIUM_PATH'] = await requireChromium();
await buildWhenStale();
await become([
  'node_modules/vitest/vitest.mjs',
  'run',
  '--config',
  'test/vitest.config.ts',
  ...process.argv.slice(2),
]);
