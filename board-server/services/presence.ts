import type { ScreenId } from '../../shared/kit/ids.ts';

/** Which screens have a socket open, and when each was last there in this run of the server. */
export interface Presence {
  connected(screen: ScreenId, connection: string, t: number): void;
  disconnected(screen: ScreenId, connection: string, t: number): void;
  isConnected(screen: string): boolean;
  /** Since when without a break; undefined while it is not. */
  connectedSince(screen: string): number | undefined;
  /** How many screens are. */
  connectedCount(): number;
  seenAt(screen: string): number | undefined;
}

export function createPresence(): Presence {
  const connections = new Map<string, Set<string>>();
  const seen = new Map<string, number>();
  const since = new Map<string, number>();
  return {
    connected(screen, connection, t) {
      const open = connections.get(screen) ?? new Set();
      if (open.size === 0) since.set(screen, t);
      connections.set(screen, open.add(connection));
      seen.set(screen, t);
    },
    disconnected(screen, connection, t) {
      const open = connections.get(screen);
      open?.delete(connection);
      if (open?.size === 0) since.delete(screen);
      seen.set(screen, t);
    },
    isConnected: (screen) => (connections.get(screen)?.size ?? 0) > 0,
    connectedSince: (screen) => since.get(screen),
    connectedCount: () => [...connections.values()].filter(({ size }) => size > 0).length,
    seenAt: (screen) => seen.get(screen),
  };
}
