import { useRef, useState } from 'preact/hooks';
import { Copy } from 'lucide';
import type { ScreenView } from '../../shared/protocol/routes.ts';
import { Button } from '../parts/Button.tsx';
import { Field } from '../parts/Field.tsx';
import { hall } from '../time/hall.ts';
import { words } from '../words/words.ts';

/** What to open on the screen itself: who it is, and the fingerprint it may trust. */
export function LaunchAddress({
  screen,
  root,
}: {
  readonly screen: ScreenView;
  readonly root: string;
}) {
  const [copied, setCopied] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const w = words.value;
  // Screens reach the hall by its public name, whatever name this browser used.
  const address = launchAddress(hall.value?.publicUrl ?? location.origin, screen, root);
  const copy = async () => {
    input.current?.select();
    // Over plain http there is no clipboard; then the address is selected and Ctrl+C does it.
    if (!window.isSecureContext) return;
    await navigator.clipboard.writeText(address);
    setCopied(true);
  };
  return (
    <Field label={w.screens.address}>
      {(ties) => (
        <span class="address">
          <input {...ties} ref={input} class="input mono" type="text" readOnly value={address} />
          <Button icon={Copy} onPress={() => void copy().catch(() => setCopied(false))}>
            {copied ? w.common.copied : w.common.copy}
          </Button>
        </span>
      )}
    </Field>
  );
}

export function launchAddress(
  origin: string,
  { id, device }: Pick<ScreenView, 'id' | 'device'>,
  root: string,
): string {
  return `${origin}/${device.kind}/?screen=${id}&root=${root}`;
}
