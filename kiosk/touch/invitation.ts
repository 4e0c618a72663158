import { present } from '../../shared/kit/assert.ts';
import { applySizes } from '../stage/blocks/size.ts';
import { BAR_MM, layoutOf } from './model/layout.ts';

/** What stands on the glass before the screen is open. */
export interface Invitation {
  /** Somebody is here, and what they want comes as soon as there is one. */
  wanted(): Wanted | undefined;
  /** The program did not come: what stood before says so, and a button that leads nowhere goes. */
  takeBack(): void;
}

export interface Wanted {
  readonly page: 'home' | Way;
  /** Monotonic milliseconds when the home page came. */
  readonly begunAt: number;
}

/** The ways of the home page that every hall has which shows anything. */
const WAYS = ['open', 'search'] as const;
type Way = (typeof WAYS)[number];

/** A trembling hand touches twice: what came under its finger is not pressed by the same touch. */
const DEBOUNCE_MS = 300;

/** [SC10] Puts the invitation into its place; a press leads at once to where home will be. */
export function invite(place: HTMLElement): Invitation {
  const before = [...place.childNodes];
  const { innerWidth: width, innerHeight: height, devicePixelRatio: ratio } = window;
  const layout = layoutOf(undefined, { width, height, ratio });
  let wanted: Wanted | undefined;

  const show = (name: string): void => {
    const template = present(document.querySelector<HTMLTemplateElement>(`#${name}`), name);
    place.replaceChildren(template.content);
    place.firstElementChild?.classList.add(`form-${layout.form}`);
  };

  const press = (selector: string, act: (button: HTMLElement, at: number) => void): void => {
    const button = present(place.querySelector<HTMLElement>(selector), selector);
    button.addEventListener('pointerdown', () => (button.dataset['down'] = ''));
    button.addEventListener('click', ({ timeStamp }) => act(button, timeStamp));
  };

  function begin(begunAt: number): void {
    wanted = { page: 'home', begunAt };
    show('opening');
    for (const page of WAYS) {
      press(`[data-way=${page}]`, (button, at) => {
        if (at - begunAt < DEBOUNCE_MS) return;
        wanted = { page, begunAt };
        goTo(button.querySelector('.tile-label')?.textContent ?? '');
      });
    }
  }

  /** The page behind a way: its name, and that it is being opened. */
  function goTo(title: string): void {
    place.querySelector('h1')?.replaceChildren(title);
    for (const gone of place.querySelectorAll('.tiles, h2')) gone.remove();
  }

  applySizes(place, layout.mm, 'standard');
  place.style.setProperty('--bar', `${BAR_MM.standard * layout.mm}px`);
  show('invitation');
  press('button', (_button, at) => begin(at));
  return {
    wanted: () => wanted,
    takeBack: () => place.replaceChildren(...before),
  };
}
