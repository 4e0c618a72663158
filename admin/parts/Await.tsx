import type { ComponentChildren } from 'preact';
import { RotateCw } from 'lucide';
import type { Resource } from '../client/resource.ts';
import { words } from '../words/words.ts';
import { Button } from './Button.tsx';
import { FailureMessage, Message } from './Message.tsx';

/** The loading, failed and stale states of anything read from the server. */
export function Await<Value>(props: {
  readonly of: Resource<Value>;
  readonly children: (value: Value) => ComponentChildren;
}) {
  const { loaded, refresh } = props.of;
  const w = words.value;
  switch (loaded.state) {
    case 'loading':
      return (
        <div class="skeleton">
          <output class="unseen">{w.common.loading}</output>
          <span class="skeleton-line" />
          <span class="skeleton-line" />
          <span class="skeleton-line skeleton-short" />
        </div>
      );
    case 'failed':
      return (
        <div class="failed">
          <FailureMessage failure={loaded.failure} />
          <Button icon={RotateCw} onPress={refresh}>
            {w.common.retry}
          </Button>
        </div>
      );
    case 'ready':
      return (
        <>
          {loaded.stale && <Message tone="warn">{w.banner.stale}</Message>}
          {props.children(loaded.value)}
        </>
      );
  }
}

export function Empty({ children }: { readonly children: ComponentChildren }) {
  return <div class="empty">{children}</div>;
}
