import { fileURLToPath } from 'node:url';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { findChromium } from '../board-server/launch/chromium.mjs';
import { dotFont } from '../kiosk/fonts/build/dot-font-plugin.ts';
import { CHROMIUM_ARGUMENTS } from './chromium-arguments.ts';

const chromium = findChromium();

/** What comes to a page through a server and a socket: a busy machine is not a failure. */
const PATIENCE_MS = 15_000;

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    reporters: ['default', fileURLToPath(new URL('./reporter.ts', import.meta.url))],
    projects: [
      {
        test: {
          name: 'unit',
          environment: 'node',
          include: ['test/**/*.test.ts'],
          exclude: ['test/browser/**', 'test/e2e/**'],
          // Some read a whole font or 64 MB over a socket: a busy machine is not a failure.
          testTimeout: 30_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
        // Found late, they would be bundled again under running tests, and Preact twice over.
        optimizeDeps: {
          include: [
            '@preact/signals',
            'axe-core',
            'lucide',
            'pinyin-pro',
            'preact',
            'preact/hooks',
            'preact/jsx-dev-runtime',
            'zod/mini',
          ],
        },
        plugins: [dotFont()],
        test: {
          name: 'browser',
          expect: { poll: { timeout: PATIENCE_MS } },
          // The default port lies in the range from which the system picks outgoing ports.
          api: { host: '127.0.0.1', port: 24_315 },
          include: ['test/browser/**/*.test.{ts,tsx}'],
          sequence: { groupOrder: 1 },
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            instances: [{ browser: 'chromium' }],
            provider: playwright({
              launchOptions: {
                ...(chromium === undefined ? {} : { executablePath: chromium }),
                args: [...CHROMIUM_ARGUMENTS],
              },
            }),
          },
        },
      },
      {
        test: {
          name: 'e2e',
          environment: 'node',
          expect: { poll: { timeout: PATIENCE_MS } },
          include: ['test/e2e/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 180_000,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
