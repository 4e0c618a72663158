import type { OutageView, OutputOf } from '../../shared/protocol/routes.ts';
import { Badge } from '../parts/Badge.tsx';
import { Message } from '../parts/Message.tsx';
import { addressOf } from '../shell/place.ts';
import { now } from '../time/clock.ts';
import { sayDuration } from '../time/duration.ts';
import { say } from '../time/say.ts';
import { words } from '../words/words.ts';

type Today = Pick<OutputOf<'today'>, 'outages' | 'moreOutages' | 'downs'>;

/** What was down lately, for how long, and which notices it cost display time. [DY4] */
export function Outages({ outages, moreOutages, downs }: Today) {
  const w = words.value.outages;
  const nothing = outages.length + downs.length === 0;
  return (
    <section class="card" aria-labelledby="outages-title">
      <h2 id="outages-title">{w.title}</h2>
      {nothing && <Message tone="good">{w.none}</Message>}
      {downs.map(({ since, until }) => (
        <div key={since} class="outage">
          <p>
            <strong>{w.server}</strong> {w.span(say.when(since), say.when(until))}{' '}
            {w.down(long(until - since))}
          </p>
          <p class="field-hint">{w.serverNote}</p>
        </div>
      ))}
      <ul class="outages">
        {outages.map((outage) => (
          <li key={`${outage.screen} ${outage.since}`} class="outage">
            <OutageRow outage={outage} />
          </li>
        ))}
      </ul>
      {moreOutages > 0 && <p class="field-hint">{w.more(moreOutages)}</p>}
    </section>
  );
}

const long = (ms: number): string => sayDuration(ms, words.value);

function OutageRow({ outage }: { readonly outage: OutageView }) {
  const { name, since, until, glass } = outage;
  const w = words.value.outages;
  const length = long((until ?? now()) - since);
  return (
    <>
      <p>
        <strong>{name}</strong>{' '}
        {until === null ? w.since(say.when(since)) : w.span(say.when(since), say.when(until))}{' '}
        {glass === 'behind' ? w.behindFor(length) : w.silent(length)}
      </p>
      <p class="field-hint">{glassWords(outage)}</p>
      <Losses outage={outage} />
    </>
  );
}

function glassWords({ glass, until, paintedAt, device, losses }: OutageView): string {
  const w = words.value.outages;
  switch (glass) {
    case 'played':
      return w.played;
    case 'restarted':
      return paintedAt === null ? w.restarted : w.restartedAt(say.when(paintedAt));
    case 'behind':
      return losses.length === 0 ? w.behindNothing : w.behind;
    case 'unknown':
      if (until === null) return w.unknownYet;
      return device === 'touch' ? w.unknownTouch : w.unknown;
  }
}

function Losses({ outage: { losses, moreLosses, glass } }: { readonly outage: OutageView }) {
  const w = words.value.outages;
  if (losses.length === 0) return null;
  const legal = losses.filter(({ category }) => category === LEGAL).length;
  return (
    // What may yet turn out to have played does not come before what is known.
    <details open={legal > 0 && glass !== 'unknown'}>
      <summary>{w.losses(losses.length + moreLosses, legal)}</summary>
      <ul class="losses">
        {losses.map(({ record, title, category, ms, known }) => (
          <li key={record}>
            <a href={addressOf({ page: 'record', id: record, editing: false })}>{title}</a>
            <span class="loss-facts">
              {category === LEGAL && <Badge tone="amber">{category}</Badge>}
              <span>{w.known[known](long(ms))}</span>
            </span>
          </li>
        ))}
      </ul>
      {moreLosses > 0 && <p class="field-hint">{w.more(moreLosses)}</p>}
    </details>
  );
}

/** Its period is a matter of law. */
const LEGAL = '公示';
