import '../fonts/fonts.css';
import type { BoardProfile } from '../../shared/domain/profile.ts';
import type { BoxedLine, FrameLine, Stage } from './stage.ts';

/** A television: text of a scalable font, each line placed whole; a new scene fades in. */
export function createScreenStage(profile: BoardProfile): Stage {
  const element = div('screen-stage');
  const main = div('screen-main');
  const around = div('screen-around');
  element.style.width = `${profile.width}px`;
  element.style.height = `${profile.height}px`;
  for (const y of rulesOf(profile)) {
    const rule = div('screen-rule');
    rule.style.top = `${y}px`;
    element.append(rule);
  }
  element.append(main, around);
  let [scene, mainDrawn, aroundDrawn] = ['', '', ''];
  return {
    element,
    profile,
    prepare: async (text) => {
      const faces = await document.fonts.load(`500 80px ${SCREEN_FONT}`, text);
      await Promise.all(faces.map((face) => face.loaded));
    },
    draw: (frame) => {
      const nextMain = JSON.stringify(frame.main);
      if (nextMain !== mainDrawn) {
        mainDrawn = nextMain;
        main.replaceChildren(...frame.main.map(lineOf));
        if (frame.scene !== scene) fadeIn(main);
        scene = frame.scene;
      }
      const nextAround = JSON.stringify(frame.around);
      if (nextAround === aroundDrawn) return;
      aroundDrawn = nextAround;
      around.replaceChildren(...frame.around.map(lineOf));
    },
  };
}

const SCREEN_FONT = "'Noto Sans SC Variable'";

function rulesOf({ zones }: BoardProfile): number[] {
  const below = zones.bottom === undefined ? [] : [zones.bottom.y - 12];
  return [zones.main.y - 24, ...below];
}

/** Once and gently; nothing on a board moves to be noticed. */
function fadeIn(element: HTMLElement): void {
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
  element.animate([{ opacity: 0 }, { opacity: 1 }], { duration: 320, easing: 'ease-out' });
}

function lineOf(placed: FrameLine | BoxedLine): HTMLElement {
  const { text, x, y, size, tone } = placed;
  const line = div(`page-line tone-${tone}`);
  if ('align' in placed) {
    line.classList.add(`boxed-${placed.align}`);
    line.style.width = `${placed.width}px`;
  }
  line.textContent = text;
  line.style.transform = `translate(${x}px, ${y}px)`;
  line.style.fontSize = `${size}px`;
  return line;
}

function div(className: string): HTMLElement {
  const element = document.createElement('div');
  element.className = className;
  return element;
}
