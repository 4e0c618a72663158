import { MapPin, Phone } from 'lucide';
import { useTouch } from '../context.ts';
import { clockOf } from '../model/dates.ts';
import { Icon } from '../parts/Icon.tsx';
import { OfficeLine } from '../parts/OfficeLine.tsx';
import { Page } from '../parts/Page.tsx';

/** Where a person is who helps. The screen cannot call one, and says so. */
export function Desk() {
  const { glass, words } = useTouch();
  const { desk } = words.value;
  const hall = glass.generation.value?.channels.at(-1)?.release.hall;
  const hours = hall?.hours.map(({ fromMinute, untilMinute }) =>
    desk.hoursOf(clockOf(fromMinute), clockOf(untilMinute)),
  );
  return (
    <Page kind="desk" title={desk.title} aside={<OfficeLine />}>
      <div class="desk">
        {hall === undefined || hall.desk === '' ? (
          <p class="desk-place">{desk.none}</p>
        ) : (
          <section>
            <h2>{desk.go}</h2>
            <p class="desk-place" lang="zh-CN">
              <Icon of={MapPin} />
              {hall.desk}
            </p>
          </section>
        )}
        {hall !== undefined && hall.phone !== '' && (
          <section>
            <h2>{desk.phone}</h2>
            <p class="desk-place desk-phone">
              <Icon of={Phone} />
              {hall.phone}
            </p>
          </section>
        )}
        {hours !== undefined && hours.length > 0 && (
          <p>
            {desk.hours} {desk.workdays} {hours.join(words.value.list)}
          </p>
        )}
        <p class="soft">{desk.honest}</p>
      </div>
    </Page>
  );
}
