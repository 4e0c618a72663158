import { Hand } from 'lucide';
import { useEffect, useState } from 'preact/hooks';
import { useTouch } from '../context.ts';
import { dateParts } from '../model/dates.ts';
import { cardAt } from '../model/idle.ts';
import type { Shown } from '../model/visible-items.ts';
import { dateOf } from '../model/visible-items.ts';
import { Icon } from '../parts/Icon.tsx';
import { lookOf } from '../parts/looks.ts';
import { Press } from '../parts/Press.tsx';

/** Six still cards at most: the invitation, then what is newest. */
const LATEST = 5;

/** [SC7] Nobody is here. The first touch, wherever it lands, only opens the home page. */
export function Attract({ since }: { readonly since: number }) {
  const { visit, glass, words } = useTouch();
  const latest = glass.items.value.slice(0, LATEST);
  const card = useCard(since, latest.length + 1);
  const shown = latest[card - 1];
  const { attract } = words.value;
  return (
    <main class="attract">
      <h1 class="visually-hidden">{words.value.product}</h1>
      <Press class="attract-press" onPress={() => visit.begin()}>
        {shown === undefined ? <Invitation /> : <Latest shown={shown} />}
        <span class="attract-start">
          <Icon of={Hand} />
          <span>
            <strong>{attract.start}</strong>
            <span>{attract.free}</span>
          </span>
        </span>
      </Press>
    </main>
  );
}

function Invitation() {
  const { attract } = useTouch().words.value;
  return (
    <span class="attract-card">
      <span class="attract-word">政务公开</span>
      <span class="attract-text">
        {attract.ways.map((line) => (
          <span class="attract-line" key={line}>
            {line}
          </span>
        ))}
      </span>
    </span>
  );
}

function Latest({ shown: { item } }: { readonly shown: Shown }) {
  const { words } = useTouch();
  const date = dateParts(dateOf(item));
  const look = lookOf(item.kind);
  return (
    <span class={`attract-card hue-${look.hue}`}>
      <span class="attract-kind">
        <Icon of={look.icon} />
        {words.value.attract.latest} · {words.value.kind(item.kind)}
      </span>
      <span class="attract-title" lang="zh-CN">
        {item.listing.title}
      </span>
      <span class="attract-text" lang="zh-CN">
        {[...item.listing.issuers, date === undefined ? '' : words.value.date(date)]
          .filter((text) => text !== '')
          .join(' · ')}
      </span>
    </span>
  );
}

function useCard(since: number, count: number): number {
  const { ports } = useTouch();
  const [m, setM] = useState(ports.monotonic());
  const { value, until } = cardAt(since, count, Math.max(m, since));
  useEffect(() => ports.timer(until, () => setM(ports.monotonic())), [ports, until]);
  return value;
}
