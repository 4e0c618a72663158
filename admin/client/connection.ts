import { signal } from '@preact/signals';

/** Whether the last thing heard from the server's direction was an answer. */
export const reachable = signal(true);

/** Counts refusals for want of a session; the session watches it. */
export const signedOutCount = signal(0);

export const connection = {
  answered(byServer: boolean): void {
    reachable.value = byServer;
  },
  signedOut(): void {
    signedOutCount.value += 1;
  },
};
