import { layersOf } from '../../shared/domain/layers.ts';
import { findBoardProfile } from '../../shared/domain/profile.ts';
import type { Scene } from '../../shared/domain/programme.ts';
import type { Item } from '../../shared/domain/release.ts';
import { fromUtf8 } from '../../shared/kit/bytes.ts';
import { parseJson } from '../../shared/kit/json.ts';
import { item as itemSchema } from '../../shared/protocol/objects.ts';
import type { PreviewMessage } from '../../shared/protocol/preview.ts';
import { parseEnvelope } from '../../shared/trust/envelope.ts';
import { createStage } from '../board/create-stage.ts';
import { composeFrame } from '../board/frame.ts';
import { glassAt } from '../board/glass.ts';
import type { GlassInput } from '../board/glass.ts';
import { pageIn } from '../board/play-board.ts';
import { showAt } from '../board/show.ts';
import type { Stage } from '../stage/stage.ts';

type PagesMessage = Extract<PreviewMessage, { kind: 'pages' }>;
type BoardMessage = Extract<PreviewMessage, { kind: 'board' }>;

/** The stage of the message's profile, or undefined when this build does not know it. */
export async function stageFor(profileId: string): Promise<Stage | undefined> {
  const profile = findBoardProfile(profileId);
  return profile === undefined ? undefined : createStage(profile);
}

/** One page of a record, as it will stand on the board. */
export async function showPage(stage: Stage, message: PagesMessage): Promise<void> {
  const { pages } = message.pages;
  const number = Math.min(Math.max(message.page, 0), pages.length - 1);
  const page = pages[number];
  await stage.prepare(pages.flatMap(({ lines }) => lines.map(({ text }) => text)).join(''));
  const glass = glassAt({ ...plainGlass(stage), hall: message.hall }, 0).value;
  const around = { ...glass, clock: '', date: '', freshness: [] };
  const shown = page && { key: String(number), page, number, pages: pages.length };
  stage.draw(composeFrame(stage.profile, around, shown));
}

/**
 * A whole board at `t`. Signatures are not checked: the console's own server answered.
 * Returns the next moment at which the picture changes.
 */
export async function prepareBoard(
  stage: Stage,
  message: BoardMessage,
): Promise<(t: number) => number> {
  const { release, profile } = message;
  const pages = new Map(Object.entries(message.pages));
  const lines = [...pages.values()].flatMap((value) => value.pages.flatMap((page) => page.lines));
  await stage.prepare(lines.map(({ text }) => text).join(''));
  const { channel } = release;
  const board = message.chunks.flatMap(({ entries }) =>
    entries.flatMap((entry) => {
      const item = itemIn(entry.item);
      return item === undefined ? [] : [{ entry, item }];
    }),
  );
  const channels = [{ channel, cap: 'emergency' as const, head: { revoked: [] }, release, board }];
  // Proof is taken as fresh: the question is what is scheduled.
  const condition = { freshAt: { [channel]: Number.MAX_SAFE_INTEGER }, revoked: {} };
  const layers = layersOf(channels, condition, profile);
  const pageOf = (scene: Scene) => pageIn(channels, pages, profile, scene);
  return (t) => {
    const glass = { ...plainGlass(stage), ...release, freshAt: t };
    return showAt(stage, { layers, pageOf, glass }, t).until;
  };
}

function plainGlass({ profile }: Stage): GlassInput {
  return {
    profile,
    hall: undefined,
    zone: undefined,
    calendar: undefined,
    freshAt: -Infinity,
    clock: 'confirmed',
    pairing: { state: 'unknown' },
  };
}

function itemIn(envelope: string): Item | undefined {
  const opened = parseEnvelope(envelope);
  const text = opened.ok ? fromUtf8(opened.value.payload) : undefined;
  const result = text === undefined ? undefined : itemSchema.safeParse(parseJson(text));
  return result?.success === true ? result.data : undefined;
}
