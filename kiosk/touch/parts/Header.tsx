import { Clock, MapPin, TriangleAlert, WifiOff } from 'lucide';
import type { ChannelContent } from '../../../shared/sync/generation.ts';
import { useTouch } from '../context.ts';
import { momentOf } from '../model/dates.ts';
import { Icon } from './Icon.tsx';

/** Whose screen this is, what time it is, and how fresh its content: on every page. */
export function Header({ hall }: { readonly hall: ChannelContent }) {
  const { glass, words } = useTouch();
  const { name, county, demo } = hall.release.hall;
  const { clock } = glass.condition.value;
  const pairing = glass.pairing.value;
  return (
    <header class="header">
      <div class="header-line">
        <span class="header-name" lang="zh-CN">
          {name.startsWith(county) ? name : `${county}${name}`}
        </span>
        {demo && <span class="demo">{words.value.demo}</span>}
        {clock !== 'lost' && (
          <time class="header-now">
            {words.value.now(momentOf(hall.release.zone, glass.minuteAt.value))}
          </time>
        )}
      </div>
      <Freshness hall={hall} />
      {clock === 'lost' && <Band icon="clock" text={words.value.clockLost} />}
      {clock === 'unconfirmed' && <p class="fresh">{words.value.clockUnconfirmed}</p>}
      {pairing.state === 'waiting' && (
        <p class="fresh pairing">
          <Icon of={MapPin} />
          {words.value.pairing(pairing.code, pairing.fingerprint)}
        </p>
      )}
    </header>
  );
}

/** [SC5] 内容更新于9月17日09:40, or a band in words when it is no longer so. */
function Freshness({ hall }: { readonly hall: ChannelContent }) {
  const { glass, words } = useTouch();
  const freshness = glass.freshness.value;
  if (freshness === undefined) return null;
  if (freshness.provedAt === -Infinity) return <Band icon="stale" text={words.value.neverProved} />;
  const at = momentOf(hall.release.zone, freshness.provedAt);
  switch (freshness.state) {
    case 'fresh':
      return <p class="fresh">{words.value.fresh(at)}</p>;
    case 'carried':
      return <p class="fresh">{words.value.carried(at)}</p>;
    case 'offline':
      return <Band icon="offline" text={words.value.offline(at)} />;
    case 'stale':
      return <Band icon="stale" text={words.value.stale(at)} />;
  }
}

const BAND_ICONS = { offline: WifiOff, stale: TriangleAlert, clock: Clock };

function Band({ icon, text }: { readonly icon: keyof typeof BAND_ICONS; readonly text: string }) {
  return (
    <output class={`band band-${icon}`}>
      <Icon of={BAND_ICONS[icon]} />
      {text}
    </output>
  );
}
