import { useEffect, useRef } from 'preact/hooks';
import { useTouch } from '../context.ts';

/** [SC7] 您还在吗？ A touch anywhere goes on; only the one button ends. */
export function IdleWarning({ secondsLeft }: { readonly secondsLeft: number }) {
  const { visit, words } = useTouch();
  const { idle } = words.value;
  const stay = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    stay.current?.focus();
    return () => {
      if (before instanceof HTMLElement && before.isConnected)
        before.focus({ preventScroll: true });
    };
  }, []);
  return (
    <div
      class="idle"
      role="alertdialog"
      aria-modal="true"
      aria-labelledby="idle-title"
      aria-describedby="idle-text"
    >
      {/* The whole glass: what a hand hits, not what a keyboard goes to. */}
      <button
        type="button"
        class="idle-anywhere"
        tabIndex={-1}
        aria-hidden="true"
        onClick={visit.active}
      />
      <div class="idle-card">
        <p class="idle-count" aria-hidden="true">
          {secondsLeft}
        </p>
        <h1 id="idle-title">{idle.title}</h1>
        <p id="idle-text">{idle.text(secondsLeft)}</p>
        <div class="tools-row">
          <button
            type="button"
            ref={stay}
            class="press button button-strong"
            onClick={visit.active}
          >
            {idle.stay}
          </button>
          <button type="button" class="press button" onClick={visit.finish}>
            {idle.finish}
          </button>
        </div>
      </div>
    </div>
  );
}
