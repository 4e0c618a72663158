import { Landmark } from 'lucide';
import { useTouch } from '../context.ts';
import { Icon } from '../parts/Icon.tsx';

/** [SC1] Nothing verified yet: the card that came with the program, and what staff can do. */
export function Boot() {
  const { glass, words } = useTouch();
  const { boot } = words.value;
  if (glass.generation.value !== undefined) return <WrongKind />;
  const pairing = glass.pairing.value;
  return (
    <main class="card-page">
      <Icon of={Landmark} />
      <h1>{boot.title}</h1>
      <p>{boot.text}</p>
      {!glass.condition.value.connected && <p class="soft">{boot.offline}</p>}
      {pairing.state === 'waiting' && (
        <p class="pairing-code">{words.value.pairing(pairing.code, pairing.fingerprint)}</p>
      )}
    </main>
  );
}

/** [SC12] The address says touch screen, the hall says board. */
function WrongKind() {
  const { wrongKind } = useTouch().words.value;
  return (
    <main class="card-page">
      <Icon of={Landmark} />
      <h1>{wrongKind.title}</h1>
      <p>{wrongKind.ask}</p>
      <p class="soft">{wrongKind.staff}</p>
    </main>
  );
}
