import { useEffect, useState } from 'preact/hooks';
import type { BrowserScreen } from '../device/screen.ts';
import type { TechnicianWords } from '../words/technician-zh.ts';
import { Program } from './Program.tsx';
import { sayTime } from './stamp.ts';

/** Which screen this is, what it has and what it knows of the time. */
export function Facts(props: { readonly screen: BrowserScreen; readonly words: TechnicianWords }) {
  const { screen, words } = props;
  const [, setTold] = useState(0);
  useEffect(() => screen.listen(() => setTold((times) => times + 1)), [screen]);
  const { bench } = screen;
  const generation = screen.generation();
  const { clock } = screen.condition();
  return (
    <dl class="technician-facts">
      <dt>{words.screen}</dt>
      <dd>
        {generation?.lineup.name} <span class="technician-mono">{bench.id}</span>
      </dd>
      <dt>{words.content}</dt>
      <dd>{contentOf(screen, words)}</dd>
      <dt>{words.clock}</dt>
      <dd data-clock={clock}>
        {sayTime(screen, screen.now())} · {words.clocks[clock]}
      </dd>
      <dt>{words.program}</dt>
      <dd>
        <Program words={words} />
      </dd>
      <dt>{words.fingerprint}</dt>
      <dd class="technician-mono">
        {bench.key.keyid.slice(0, 6)} {bench.key.keyid.slice(6, 12)}
      </dd>
    </dl>
  );
}

function contentOf(screen: BrowserScreen, words: TechnicianWords): string {
  const [first] = screen.generation()?.channels ?? [];
  if (first === undefined) return words.none;
  const { freshAt, carriedAt } = screen.condition();
  const provedAt = freshAt[first.channel] ?? 0;
  const when = sayTime(screen, provedAt);
  const { version } = first.head;
  return provedAt === carriedAt ? words.carried(version, when) : words.online(version, when);
}
