import type { FailedShell } from '../../shared/protocol/shell.ts';

/** [SH11] The build that the running one was taken back for; null when it was for none. */
export async function failedBefore(): Promise<FailedShell | null> {
  try {
    // Bundled with this page, what reads it would be fetched before the first picture.
    const shell = await import('../device/shell.ts');
    return await shell.failedBefore();
  } catch (error) {
    if (error instanceof Error) return null; // The line went right then.
    throw error;
  }
}
