import type { ComponentChildren } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { useTouch } from '../context.ts';

/** A trembling hand touches twice; a quick one may touch what has just come under its finger. */
const DEBOUNCE_MS = 300;

interface PressProps {
  readonly onPress: () => void;
  readonly class: string;
  readonly children: ComponentChildren;
  readonly 'aria-pressed'?: boolean;
  readonly 'aria-current'?: 'page' | 'location';
  readonly 'aria-label'?: string;
}

/**
 * Every control of the touch screen: answers at once to the finger, acts when it is lifted, and
 * not when it slid away. The browser's click is exactly that, and the keyboard's too.
 */
export function Press({ onPress, class: name, children, ...aria }: PressProps) {
  const { visit, ports } = useTouch();
  const [down, setDown] = useState(false);
  const pressedAt = useRef(-Infinity);
  const release = () => setDown(false);
  const act = () => {
    release();
    const m = ports.monotonic();
    if (m - Math.max(pressedAt.current, visit.turnedAt()) < DEBOUNCE_MS) return;
    pressedAt.current = m;
    onPress();
  };
  return (
    <button
      type="button"
      class={`press ${name}`}
      data-down={down ? '' : undefined}
      onPointerDown={() => setDown(true)}
      onPointerUp={release}
      onPointerCancel={release}
      onPointerLeave={release}
      onClick={act}
      {...aria}
    >
      {children}
    </button>
  );
}
