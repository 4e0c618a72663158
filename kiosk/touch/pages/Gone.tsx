import { CircleAlert, House, RotateCw, TimerOff } from 'lucide';
import { useTouch } from '../context.ts';
import type { Absence } from '../model/absence.ts';
import { Icon } from '../parts/Icon.tsx';
import { Page } from '../parts/Page.tsx';
import { Press } from '../parts/Press.tsx';

/** What was being read is over, and why. */
export function Gone({ absence, title }: { readonly absence: Absence; readonly title: string }) {
  const { visit, words } = useTouch();
  return (
    <Page kind="notice" title={words.value.document[absence]}>
      <div class="empty">
        <Icon of={TimerOff} />
        <p lang="zh-CN">{title}</p>
        <p class="soft">{words.value.document.goneNext}</p>
        <Press class="button button-strong" onPress={visit.home}>
          <Icon of={House} />
          {words.value.error.home}
        </Press>
      </div>
    </Page>
  );
}

/** The record's bytes are damaged on this screen: nothing of them is shown. [SY3] */
export function Failed({ retry }: { readonly retry: () => void }) {
  const { visit, words } = useTouch();
  const { error } = words.value;
  return (
    <Page kind="notice" title={error.title}>
      <div class="empty" role="alert">
        <Icon of={CircleAlert} />
        <p>{error.text}</p>
        <div class="tools-row">
          <Press class="button button-strong" onPress={retry}>
            <Icon of={RotateCw} />
            {error.retry}
          </Press>
          <Press class="button" onPress={visit.home}>
            <Icon of={House} />
            {error.home}
          </Press>
        </div>
      </div>
    </Page>
  );
}
