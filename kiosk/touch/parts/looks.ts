import { Building2, CaseUpper, FileText, Landmark, Megaphone, Search } from 'lucide';
import type { IconNode } from 'lucide';

/** The same colour and the same picture for the same thing, wherever it appears. */
export interface Look {
  readonly icon: IconNode;
  readonly hue: 'cinnabar' | 'ochre' | 'pine' | 'plum' | 'slate';
}

export const WAYS = {
  open: { icon: Landmark, hue: 'cinnabar' },
  issuers: { icon: Building2, hue: 'pine' },
  letters: { icon: CaseUpper, hue: 'plum' },
  search: { icon: Search, hue: 'slate' },
} as const satisfies Record<string, Look>;

const KINDS: Readonly<Record<string, Look>> = {
  'policy-document': { icon: FileText, hue: 'cinnabar' },
  notice: { icon: Megaphone, hue: 'ochre' },
};

export const lookOf = (kind: string): Look => KINDS[kind] ?? { icon: FileText, hue: 'slate' };
