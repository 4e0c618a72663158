import { signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import { unreachable } from '../../../shared/kit/assert.ts';
import type { TouchPorts } from '../ports.ts';
import { idleAt, limitMs } from './idle.ts';
import type { Session } from './session.ts';
import { createSession } from './session.ts';

export type Phase =
  /** Nobody is here: the screen invites. */
  | { readonly state: 'attract'; readonly since: number }
  | { readonly state: 'using' }
  /** [SC7] 您还在吗？ */
  | { readonly state: 'warning'; readonly secondsLeft: number };

/** One person's use of the screen, from the first touch to the moment it is forgotten. */
export interface Visit extends Session {
  readonly phase: ReadonlySignal<Phase>;
  /** Monotonic milliseconds when another page came: a second tap must not hit what came with it. */
  readonly turnedAt: () => number;
  /** @param turnedAt when the home page came, if it stood there before */
  begin(turnedAt?: number): void;
  /** Somebody touched, typed, scrolled, or is being read to. */
  active(): void;
  finish(): void;
  close(): void;
}

export function createVisit({ monotonic, timer, speech, idled }: TouchPorts): Visit {
  const phase = signal<Phase>({ state: 'attract', since: monotonic() });
  let lastActivityAt = monotonic();
  let turnedAt = -Infinity;
  let cancel: (() => void) | undefined;
  const { forget, ...session } = createSession((page) => {
    if (page === 'another page') turnedAt = monotonic();
    active();
  });

  /** Looks at the clock at the moments when idleness means something, and at no other. */
  function watch(): void {
    cancel?.();
    const { value, until } = idleAt(lastActivityAt, limitMs(session.type.peek()), monotonic());
    switch (value.state) {
      case 'using':
        if (phase.peek().state !== 'using') phase.value = { state: 'using' };
        break;
      case 'warning':
        phase.value = value;
        break;
      case 'over':
        return finish();
      default:
        unreachable(value);
    }
    cancel = timer(until, watch);
  }

  function active(): void {
    if (phase.peek().state === 'attract') return;
    lastActivityAt = monotonic();
    watch();
  }

  function begin(since = monotonic()): void {
    turnedAt = since;
    lastActivityAt = monotonic();
    watch();
  }

  function finish(): void {
    cancel?.();
    speech.peek()?.stop();
    turnedAt = monotonic();
    phase.value = { state: 'attract', since: monotonic() };
    forget();
    idled();
  }

  return {
    ...session,
    phase,
    turnedAt: () => turnedAt,
    begin,
    active,
    finish,
    close: () => cancel?.(),
  };
}
