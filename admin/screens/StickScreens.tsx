import type { OutputOf, ScreenView } from '../../shared/protocol/routes.ts';
import { Button } from '../parts/Button.tsx';
import { FieldGroup } from '../parts/Field.tsx';
import { Check } from '../parts/inputs.tsx';
import { Pager } from '../parts/Pager.tsx';
import { SearchBox } from '../parts/SearchBox.tsx';
import { words } from '../words/words.ts';
import type { Sought } from './ScreenList.tsx';
import { EVERY_SCREEN } from './ScreenList.tsx';

export type Chosen = ReadonlySet<ScreenView['id']>;

interface ScreensProps {
  readonly page: OutputOf<'screens'>;
  readonly sought: Sought;
  readonly chosen: Chosen;
  readonly onSeek: (sought: Sought) => void;
  readonly onChange: (chosen: Chosen) => void;
}

/** Which screens a stick is for: those without a line first; with search and pages where they are many. */
export function StickScreens(props: ScreensProps) {
  const { page, sought, onSeek } = props;
  const w = words.value;
  if (page.counts.all === 0 && sought === EVERY_SCREEN)
    return <p class="field-hint">{w.stick.noScreens}</p>;
  const isLong = page.next !== null || sought !== EVERY_SCREEN;
  return (
    <FieldGroup label={w.stick.which}>
      {isLong && (
        <SearchBox
          label={w.screens.search}
          value={sought.search}
          onSearch={(search) => onSeek({ ...sought, search, starts: [] })}
        />
      )}
      <Boxes {...props} />
      {isLong && (
        <Pager
          total={w.stick.chosen(props.chosen.size)}
          next={page.next}
          starts={sought.starts}
          onStarts={(starts) => onSeek({ ...sought, starts })}
        />
      )}
    </FieldGroup>
  );
}

function Boxes({ page, chosen, onChange }: ScreensProps) {
  const screens = [...page.screens].sort((a, b) => Number(a.connected) - Number(b.connected));
  const w = words.value.stick;
  const toggled = (id: ScreenView['id'], checked: boolean): Chosen => {
    const next = new Set(chosen);
    if (checked) next.add(id);
    else next.delete(id);
    return next;
  };
  return (
    <>
      <ul class="stick-screens">
        {screens.map(({ id, name, connected }) => (
          <li key={id}>
            <Check
              label={`${name}${words.value.colon}${connected ? w.online : w.offline}`}
              checked={chosen.has(id)}
              onChange={(checked) => onChange(toggled(id, checked))}
            />
          </li>
        ))}
      </ul>
      <div class="buttons">
        <Button
          look="quiet"
          onPress={() => onChange(new Set([...chosen, ...screens.map(({ id }) => id)]))}
        >
          {w.all}
        </Button>
        <Button look="quiet" onPress={() => onChange(new Set())}>
          {w.none}
        </Button>
      </div>
    </>
  );
}
