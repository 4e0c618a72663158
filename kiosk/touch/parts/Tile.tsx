import { Icon } from './Icon.tsx';
import type { Look } from './looks.ts';
import { Press } from './Press.tsx';

interface TileProps {
  readonly look: Look;
  readonly label: string;
  readonly labelLang?: 'zh-CN';
  readonly hint?: string;
  readonly onPress: () => void;
}

/** A way onwards: a picture, its word, and what lies behind it. */
export function Tile({ look, label, labelLang, hint, onPress }: TileProps) {
  return (
    <Press class={`tile hue-${look.hue}`} onPress={onPress}>
      <span class="tile-icon">
        <Icon of={look.icon} />
      </span>
      <span class="tile-words">
        <span class="tile-label" lang={labelLang}>
          {label}
        </span>
        {hint !== undefined && <span class="tile-hint">{hint}</span>}
      </span>
    </Press>
  );
}
