import type { ConnectionListener } from '../../kiosk/device/connection.ts';
import { memoryNotebook } from '../../shared/sync/memory.ts';

/** What a screen does with its connection: nothing, but for what is given. */
export function screenListener(given: Partial<ConnectionListener>): ConnectionListener {
  return {
    connected: ignore,
    moved: ignore,
    leased: ignore,
    lineup: ignore,
    refused: ignore,
    reported: ignore,
    notebook: memoryNotebook(),
    ...given,
  };
}

const ignore = (): undefined => undefined;
