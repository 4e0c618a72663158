import type { ScreenId, Sha256 } from '../../shared/kit/ids.ts';
import { isScreenId, isSha256 } from '../../shared/kit/ids.ts';
import type { Result } from '../../shared/kit/result.ts';
import { accepted, refused } from '../../shared/kit/result.ts';

/** What a screen's browser is opened with, as the console shows it. */
export interface Launch {
  readonly origin: string;
  readonly kind: 'touch' | 'board';
  readonly screen: ScreenId;
  /** Fingerprint of the root key that the screen trusts. */
  readonly root: Sha256;
}

export type LaunchRefusal = 'bad-address' | 'bad-screen' | 'bad-root' | 'not-https';

export const launchAddress = ({ origin, kind, screen, root }: Launch): string =>
  `${origin}/${kind}/?screen=${screen}&root=${root}`;

/** Reads `https://hall.lan:4680/touch/?screen=touch-01&root=…`, as copied from the console. */
export function parseLaunchAddress(text: string): Result<Launch, LaunchRefusal> {
  if (!URL.canParse(text.trim())) return refused('bad-address', text);
  const { origin, pathname, searchParams } = new URL(text.trim());
  const kind = KINDS.find((each) => pathname === `/${each}/`);
  if (kind === undefined) return refused('bad-address', text);
  return checkLaunch({
    origin,
    kind,
    screen: searchParams.get('screen') ?? '',
    root: searchParams.get('root') ?? '',
  });
}

export function checkLaunch(given: {
  readonly origin: string;
  readonly kind: Launch['kind'];
  readonly screen: string;
  readonly root: string;
}): Result<Launch, LaunchRefusal> {
  const { kind, screen } = given;
  const root = given.root.replaceAll(/\s/g, '').toLowerCase();
  if (!URL.canParse(given.origin)) return refused('bad-address', given.origin);
  const { origin, protocol } = new URL(given.origin);
  // Under plain http the browser keeps nothing, whatever else the kit does.
  if (protocol !== 'https:') return refused('not-https', given.origin);
  if (!isScreenId(screen)) return refused('bad-screen', screen);
  if (!isSha256(root)) return refused('bad-root', root);
  return accepted({ origin, kind, screen, root });
}

const KINDS = ['touch', 'board'] as const;
