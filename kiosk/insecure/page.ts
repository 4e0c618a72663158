import { insecureEn, insecureZh } from './words.ts';
import './page.css';

/**
 * In place of a screen that was opened by plain http: by which address, and what to do next. Drawn
 * without a screen, for touch screens and boards alike.
 */
export async function showInsecure(place: HTMLElement): Promise<void> {
  place.replaceChildren(pageOf({ state: 'looking' }));
  place.replaceChildren(pageOf(await askWay()));
}

type Way =
  | { readonly state: 'looking' }
  | { readonly state: 'unreachable' }
  | { readonly state: 'none' }
  | { readonly state: 'found'; readonly origin: string; readonly hasAuthority: boolean };

/** What the hall says of its https address, with the certificate of its authority. */
async function askWay(): Promise<Way> {
  try {
    const answer = await fetch(AUTHORITY, { method: 'HEAD' });
    const link = /<(https:[^>]+)>; rel="canonical"/.exec(answer.headers.get('link') ?? '');
    if (link?.[1] === undefined) return { state: 'none' };
    return { state: 'found', origin: new URL(link[1]).origin, hasAuthority: answer.ok };
  } catch {
    return { state: 'unreachable' }; // No network: fetch has nothing more to say.
  }
}

const AUTHORITY = '/hall-authority.crt';

function pageOf(way: Way): HTMLElement {
  const { origin } = location;
  const policy = `OverrideSecurityRestrictionsOnInsecureOrigin = ["${origin}"]`;
  const say = (words: typeof insecureZh) => [
    element('h1', words.title),
    element('p', words.wrong(origin)),
    element('p', words.ask),
    element('h2', words.staff),
    stepsOf(way, words, policy),
  ];
  const english = element('section', ...say(insecureEn));
  english.lang = 'en';
  const page = element('main', ...say(insecureZh), english);
  page.className = 'insecure-page';
  return page;
}

function stepsOf(way: Way, words: typeof insecureZh, policy: string): HTMLElement {
  switch (way.state) {
    case 'looking':
    case 'unreachable':
      return element('p', words[way.state]);
    case 'none':
      return element('ol', element('li', words.none), element('li', words.pilot(policy)));
    case 'found': {
      const { pathname, search } = location;
      const address = element('code', `${way.origin}${pathname}${search}`);
      const install = way.hasAuthority ? [words.install(`${location.origin}${AUTHORITY}`)] : [];
      return element(
        'ol',
        element('li', words.address, address),
        ...[...install, words.pilot(policy)].map((text) => element('li', text)),
      );
    }
  }
}

function element(name: string, ...content: (string | HTMLElement)[]): HTMLElement {
  const made = document.createElement(name);
  made.append(...content);
  return made;
}
