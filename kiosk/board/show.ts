import type { Page } from '../../shared/domain/pages.ts';
import { playback } from '../../shared/domain/playback.ts';
import type { Layer, Scene } from '../../shared/domain/programme.ts';
import type { Span } from '../../shared/domain/span.ts';
import type { Stage } from '../stage/stage.ts';
import type { ShownPage } from './frame.ts';
import { composeFrame } from './frame.ts';
import type { GlassInput } from './glass.ts';
import { glassAt } from './glass.ts';

/** What a board can show: its layers, the pages of its items, and what it knows of itself. */
export interface Showing {
  readonly layers: readonly Layer[];
  readonly pageOf: (scene: Scene) => Page | undefined;
  readonly glass: GlassInput;
}

/** Draws the board as it is at `t`, and tells what is on it and until when the picture stands. */
export function showAt(stage: Stage, showing: Showing, t: number): Span<Scene> {
  const scene = playback(showing.layers, t);
  const glass = glassAt(showing.glass, t);
  stage.draw(composeFrame(stage.profile, glass.value, shownPage(scene.value, showing.pageOf)));
  return { value: scene.value, since: t, until: Math.min(scene.until, glass.until) };
}

function shownPage(scene: Scene, pageOf: Showing['pageOf']): ShownPage | undefined {
  const page = pageOf(scene);
  if (scene.kind === 'card' || page === undefined) return undefined;
  const key = `${scene.slot}/${scene.version}/${scene.page}`;
  return { key, page, number: scene.page, pages: scene.pages };
}
