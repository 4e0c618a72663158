import type { Socket } from 'socket.io-client';
import { io } from 'socket.io-client';
import type { ServerToConsole, TOPICS } from '../../shared/protocol/screen.ts';
import { changed } from '../../shared/protocol/screen.ts';
import { connection } from './connection.ts';

export type Topic = (typeof TOPICS)[number];

/**
 * Hints that something moved. Level-triggered: a reader asks again on a hint, on connecting, when
 * the page is looked at again and every minute, so a lost hint costs delay and nothing else.
 */
export function openLive(): { close(): void } {
  const socket: Socket<ServerToConsole> = io('/console', { transports: ['websocket'] });
  socket.on('connect', () => {
    connection.answered(true);
    askAgain();
  });
  socket.on('disconnect', (reason) => {
    if (reason !== 'io client disconnect') connection.answered(false);
  });
  socket.on('changed', (message: unknown) => {
    const parsed = changed.safeParse(message);
    if (parsed.success) askAgain(parsed.data.topic);
  });
  const minute = setInterval(askAgainWhenSeen, 60_000);
  document.addEventListener('visibilitychange', askAgainWhenSeen);
  window.addEventListener('online', askAgainWhenSeen);
  return {
    close() {
      clearInterval(minute);
      document.removeEventListener('visibilitychange', askAgainWhenSeen);
      window.removeEventListener('online', askAgainWhenSeen);
      socket.close();
    },
  };
}

interface Reader {
  readonly topics: readonly Topic[];
  readonly ask: () => void;
}
const readers = new Set<Reader>();

/** Calls `ask` whenever one of the topics may have changed; answers how to stop. */
export function listen(topics: readonly Topic[], ask: () => void): () => void {
  const reader = { topics, ask };
  readers.add(reader);
  return () => readers.delete(reader);
}

/** Asks the readers of a topic, or all of them, to read again. */
export function askAgain(topic?: Topic): void {
  for (const reader of readers) {
    if (topic === undefined || reader.topics.includes(topic)) reader.ask();
  }
}

function askAgainWhenSeen(): void {
  if (document.visibilityState === 'visible') askAgain();
}
