import type { ScreenId } from '../../shared/kit/ids.ts';
import type { Changed, Leased, Moved } from '../../shared/protocol/screen.ts';

/**
 * How services tell the world that something moved. Only hints: whoever misses one finds out by
 * asking, so nothing waits for an announcement and none is repeated.
 */
export interface Announcer {
  /** A channel has a new head; `added` is what it adds for a kind of screen, by its sections. */
  moved(head: NewHead, added: AddedFor): void;
  leased(message: Leased): void;
  /** A screen's lineup or pairing changed. */
  lineup(screen: ScreenId): void;
  changed(message: Changed): void;
}

export type NewHead = Omit<Moved, 'added' | 'spreadMs'>;
export type AddedFor = (sections: readonly string[]) => Promise<Moved['added']>;

/** Passes announcements on to whoever listens at the time: the sockets, once they are attached. */
export function createAnnouncer(): Announcer & { listen(listener: Announcer): () => void } {
  const listeners = new Set<Announcer>();
  const tell = (say: (listener: Announcer) => void): void => listeners.forEach(say);
  return {
    moved: (head, added) => tell((listener) => listener.moved(head, added)),
    leased: (message) => tell((listener) => listener.leased(message)),
    lineup: (screen) => tell((listener) => listener.lineup(screen)),
    changed: (message) => tell((listener) => listener.changed(message)),
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
