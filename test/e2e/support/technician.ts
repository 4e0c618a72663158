import type { Page } from 'playwright';
import { expect } from 'vitest';

/** Presses the chord until the page that listens for it is there. */
export async function openTechnician(page: Page): Promise<void> {
  await expect
    .poll(
      async () => {
        if (await page.locator('dialog.technician').isVisible()) return true;
        await page.keyboard.press('Control+Alt+KeyU');
        return page.locator('dialog.technician').isVisible();
      },
      { timeout: 30_000 },
    )
    .toBe(true);
}
