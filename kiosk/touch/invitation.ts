import { present } from '../../shared/kit/assert.ts';
import { applySizes } from '../stage/blocks/size.ts';
import { layoutOf } from './model/layout.ts';

/** What stands on the glass before the screen is open. */
export interface Invitation {
  /** Somebody is here: the home page comes as soon as there is one. */
  wasPressed(): boolean;
  /** The program did not come: what stood before says so, and a button that leads nowhere goes. */
  takeBack(): void;
}

/** [SC10] Puts the invitation into its place; a press leads at once to where home will be. */
export function invite(place: HTMLElement): Invitation {
  const before = [...place.childNodes];
  const { innerWidth: width, innerHeight: height, devicePixelRatio: ratio } = window;
  const layout = layoutOf(undefined, { width, height, ratio });
  let pressed = false;

  const show = (name: string): void => {
    const template = present(document.querySelector<HTMLTemplateElement>(`#${name}`), name);
    place.replaceChildren(template.content);
    place.firstElementChild?.classList.add(`form-${layout.form}`);
  };

  applySizes(place, layout.mm, 'standard');
  show('invitation');
  const button = place.querySelector('button');
  button?.addEventListener('pointerdown', () => (button.dataset['down'] = ''));
  button?.addEventListener('click', () => {
    pressed = true;
    show('opening');
  });
  return {
    wasPressed: () => pressed,
    takeBack: () => place.replaceChildren(...before),
  };
}
