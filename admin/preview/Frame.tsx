import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { PreviewMessage } from '../../shared/protocol/preview.ts';
import { previewReady } from '../../shared/protocol/preview.ts';

export interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * The real stage in a sandboxed frame, drawn at its natural size and scaled to the room there is,
 * never up: an LED board's dots would blur. The frame has an origin of its own and is given data
 * only, so `*` reveals nothing that it must not see.
 */
export function Frame(props: {
  readonly name: string;
  readonly size: Size;
  readonly message: PreviewMessage;
}) {
  const { size, message, name } = props;
  const room = useRef<HTMLDivElement>(null);
  const frame = useRef<HTMLIFrameElement>(null);
  const [ready, setReady] = useState(false);
  useEffect(() => {
    const listen = (event: MessageEvent<unknown>) => {
      if (event.source !== frame.current?.contentWindow) return;
      if (previewReady.safeParse(event.data).success) setReady(true);
    };
    window.addEventListener('message', listen);
    return () => window.removeEventListener('message', listen);
  }, []);
  useEffect(() => {
    if (ready) frame.current?.contentWindow?.postMessage(message, '*');
  }, [ready, message]);
  useLayoutEffect(() => {
    const place = room.current;
    if (place === null) return undefined;
    place.style.setProperty('--natural-width', `${size.width}px`);
    const fit = () => {
      const scale = Math.min(1, place.clientWidth / size.width);
      place.style.setProperty('--scale', String(scale));
      place.style.setProperty('--frame-height', `${Math.round(size.height * scale)}px`);
    };
    const watch = new ResizeObserver(fit);
    watch.observe(place);
    fit();
    return () => watch.disconnect();
  }, [size.width, size.height]);
  return (
    <div class="frame" ref={room} data-ready={ready}>
      <iframe
        ref={frame}
        title={name}
        src="/preview.html"
        sandbox="allow-scripts"
        width={size.width}
        height={size.height}
        tabIndex={-1}
      />
    </div>
  );
}
