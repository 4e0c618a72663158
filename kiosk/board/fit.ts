import type { BoardProfile } from '../../shared/domain/profile.ts';

/**
 * An LED board keeps one pixel a dot from the top left corner. A television fills its window, and so
 * does an LED board shown inside another page, by whole steps so that no dot is half lit.
 */
export function fitToWindow(place: HTMLElement, profile: BoardProfile): void {
  const framed = window.parent !== window;
  const fit = () => {
    const exact = Math.min(innerWidth / profile.width, innerHeight / profile.height);
    // A window a pixel larger than the glass is no reason to blur every line.
    const room = Math.abs(exact - 1) < 0.002 ? 1 : exact;
    const whole = Math.max(1, Math.floor(room));
    const scale = profile.glyphs === 'vector' ? room : framed ? whole : 1;
    place.style.transformOrigin = '0 0';
    place.style.transform = `scale(${scale})`;
  };
  fit();
  addEventListener('resize', fit);
}
