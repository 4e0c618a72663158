import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

interface PageProps {
  readonly title: string;
  /** Records are Chinese whatever the language of the controls. */
  readonly titleLang?: 'zh-CN';
  /** Beside the title: never something to press, it may be out of reach. */
  readonly aside?: ComponentChildren;
  readonly children: ComponentChildren;
  readonly kind: string;
}

/** One page: its title, which hears the focus so that the change is told, and its body. */
export function Page({ title, titleLang, aside, children, kind }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <main class={`page page-${kind}`}>
      <div class="page-head">
        <h1 ref={heading} tabIndex={-1} lang={titleLang}>
          {title}
        </h1>
        {aside}
      </div>
      <div class="page-body">{children}</div>
    </main>
  );
}
