import {
  AArrowUp,
  ArrowDownToLine,
  ArrowLeft,
  ArrowUpToLine,
  HandHelping,
  House,
  Languages,
  LogOut,
  Square,
  Volume2,
} from 'lucide';
import type { IconNode } from 'lucide';
import { useEffect, useState } from 'preact/hooks';
import { useTouch } from '../context.ts';
import type { Speech } from '../speech.ts';
import { Icon } from './Icon.tsx';
import { Press } from './Press.tsx';

/** The fixed bar, the same on every page and always within reach. */
export function Bar() {
  const { visit, layout, words, ports } = useTouch();
  const { bar } = words.value;
  const page = visit.route.value.page;
  const low = visit.low.value;
  const speech = ports.speech.value;
  return (
    <nav class="bar" aria-label={bar.label}>
      {visit.canGoBack.value && <Item icon={ArrowLeft} label={bar.back} onPress={visit.back} />}
      {page !== 'home' && <Item icon={House} label={bar.home} onPress={visit.home} />}
      {speech !== undefined && <Listen speech={speech} />}
      <Item icon={AArrowUp} label={bar.type[visit.type.value]} onPress={visit.growType} />
      {layout.value.reachMm !== undefined && (
        <Item
          icon={low ? ArrowUpToLine : ArrowDownToLine}
          label={low ? bar.high : bar.low}
          onPress={visit.toggleLow}
        />
      )}
      {page !== 'desk' && (
        <Item icon={HandHelping} label={bar.desk} onPress={() => visit.go({ page: 'desk' })} />
      )}
      <Item
        icon={Languages}
        label={bar.language}
        lang={visit.language.value === 'zh' ? 'en' : 'zh-CN'}
        onPress={visit.toggleLanguage}
      />
      <Item icon={LogOut} label={bar.finish} name="bar-finish" onPress={visit.finish} />
    </nav>
  );
}

interface ItemProps {
  readonly icon: IconNode;
  readonly label: string;
  readonly lang?: string;
  readonly name?: string;
  readonly onPress: () => void;
}

function Item({ icon, label, lang, name = '', onPress }: ItemProps) {
  return (
    <Press class={`bar-item ${name}`} onPress={onPress}>
      <Icon of={icon} />
      <span lang={lang}>{label}</span>
    </Press>
  );
}

/** 听一听 reads the page that is open. Being read to counts as being there. */
function Listen({ speech }: { readonly speech: Speech }) {
  const { visit, words } = useTouch();
  const [speaking, setSpeaking] = useState(false);
  const route = visit.route.value;
  useEffect(() => () => speech.stop(), [speech, route]);
  useEffect(() => setSpeaking(false), [route]);
  const { bar } = words.value;
  const toggle = () => {
    if (speaking) speech.stop();
    else {
      const text = document.querySelector('main')?.innerText ?? '';
      speech.speak(text, { progressed: visit.active, done: () => setSpeaking(false) });
    }
    setSpeaking(!speaking);
  };
  return (
    <Item
      icon={speaking ? Square : Volume2}
      label={speaking ? bar.stopListening : bar.listen}
      onPress={toggle}
    />
  );
}
