import { useState } from 'preact/hooks';
import { Download, Package } from 'lucide';
import type { ScreenView, StickView } from '../../shared/protocol/routes.ts';
import { STICK_LIMITS } from '../../shared/protocol/stick.ts';
import { useAction } from '../client/action.ts';
import { requestOf } from '../client/request.ts';
import { useResource, useSteady } from '../client/resource.ts';
import { Await } from '../parts/Await.tsx';
import { Button } from '../parts/Button.tsx';
import { Icon } from '../parts/Icon.tsx';
import { FailureMessage, Message } from '../parts/Message.tsx';
import { words } from '../words/words.ts';
import { EVERY_SCREEN, inputOf } from './ScreenList.tsx';
import type { Chosen } from './StickScreens.tsx';
import { StickScreens } from './StickScreens.tsx';

type Made =
  | { readonly state: 'choosing' | 'none-chosen' | 'too-many' }
  | { readonly state: 'made'; readonly stick: StickView; readonly screens: number };

/** [SK6] 导出到U盘: which screens, what is in the file, and how it gets on them. */
export function StickPanel({ onClose }: { readonly onClose: () => void }) {
  const [sought, setSought] = useState(EVERY_SCREEN);
  const screens = useSteady(useResource('screens', inputOf(sought), ['screens']));
  const [touched, setTouched] = useState<Chosen | null>(null);
  const [made, setMade] = useState<Made>({ state: 'choosing' });
  const action = useAction();
  const w = words.value.stick;
  const make = async (chosen: Chosen) => {
    if (chosen.size === 0) return setMade({ state: 'none-chosen' });
    if (chosen.size > STICK_LIMITS.screens) return setMade({ state: 'too-many' });
    const answer = await action.run('makeStick', { screens: [...chosen] });
    if (answer.ok) setMade({ state: 'made', stick: answer.value, screens: chosen.size });
  };
  return (
    <section class="card form stick" aria-label={w.make}>
      <h2>{w.make}</h2>
      <p>{w.explain}</p>
      <Await of={screens}>
        {(page) => {
          // Those that need a stick are chosen already, where all of them are in sight.
          const isWhole = page.next === null && sought === EVERY_SCREEN;
          const chosen = touched ?? new Set(isWhole ? unconnectedIn(page.screens) : []);
          return (
            <>
              <StickScreens
                page={page}
                sought={sought}
                chosen={chosen}
                onSeek={(next) => {
                  setTouched(chosen);
                  setSought(next);
                }}
                onChange={(next) => {
                  setTouched(next);
                  setMade({ state: 'choosing' });
                }}
              />
              {made.state !== 'made' && (
                <Pack busy={action.busy} onPress={() => void make(chosen)} />
              )}
            </>
          );
        }}
      </Await>
      <FailureMessage failure={action.failure} />
      <Outcome made={made} />
      <div class="buttons">
        <Button look="quiet" onPress={onClose}>
          {words.value.common.close}
        </Button>
      </div>
    </section>
  );
}

function Pack({ busy, onPress }: { readonly busy: boolean; readonly onPress: () => void }) {
  return (
    <div class="buttons">
      <Button look="primary" icon={Package} busy={busy} onPress={onPress}>
        {words.value.stick.pack}
      </Button>
    </div>
  );
}

function Outcome({ made }: { readonly made: Made }) {
  const w = words.value.stick;
  switch (made.state) {
    case 'choosing':
      return null;
    case 'none-chosen':
      return <Message tone="bad">{w.chooseSome}</Message>;
    case 'too-many':
      return <Message tone="bad">{w.tooMany}</Message>;
    case 'made':
      return <Ready stick={made.stick} screens={made.screens} />;
  }
}

const unconnectedIn = (screens: readonly ScreenView[]) =>
  screens.filter(({ connected }) => !connected).map(({ id }) => id);

function Ready({ stick, screens }: { readonly stick: StickView; readonly screens: number }) {
  const w = words.value.stick;
  const { path } = requestOf('stickFile', { stick: stick.stick });
  return (
    <div class="stick-ready">
      <Message tone="good">
        <p>{w.ready}</p>
        <p class="stick-name">{stick.name}</p>
        <p>
          {w.contents(screens, stick.version)} {w.size(sizeOf(stick.bytes))}
        </p>
      </Message>
      <a class="button button-primary" href={path} download={stick.name}>
        <Icon of={Download} />
        <span>{w.download}</span>
      </a>
      <ol class="stick-steps">
        {w.steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <p class="field-hint">{w.shell}</p>
    </div>
  );
}

/** As file managers say it. */
function sizeOf(bytes: number): string {
  if (bytes < 1_000_000) return `${Math.max(1, Math.round(bytes / 1000))} KB`;
  return `${(bytes / 1_000_000).toFixed(bytes < 10_000_000 ? 1 : 0)} MB`;
}
