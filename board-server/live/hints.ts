import type { Changed } from '../../shared/protocol/screen.ts';

/**
 * [FL3] Hints of one topic come at most every `everyMs`: the first at once, those that follow it as
 * one. Five thousand screens that report make a console ask again twice a second, not 5,000 times.
 */
export function createHints(ports: {
  readonly everyMs: number;
  readonly later: (ms: number, run: () => void) => void;
  readonly say: (message: Changed) => void;
}): (message: Changed) => void {
  const { everyMs, later, say } = ports;
  /** Topics that pause, with what came meanwhile. */
  const pausing = new Map<Changed['topic'], Changed | undefined>();

  function pass(message: Changed): void {
    say(message);
    pausing.set(message.topic, undefined);
    later(everyMs, () => {
      const held = pausing.get(message.topic);
      pausing.delete(message.topic);
      if (held !== undefined) pass(held);
    });
  }

  return (message) => {
    const { topic, id } = message;
    if (!pausing.has(topic)) return pass(message);
    const held = pausing.get(topic);
    pausing.set(topic, held === undefined || held.id === id ? message : { topic, id: null });
  };
}
