import { zoneTable } from '../../shared/domain/civil.ts';
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

/** Draws at `t`; returns the next moment at which the picture changes. */
export type Draw = (t: number) => number;

/** A day and a bit: whoever looks at one page for longer will forgive an hour. */
const LOOKED_AT_MS = 30 * 3_600_000;

/** One page of a record, as it will stand on the board, beside the hall's own clock. */
export async function preparePage(stage: Stage, message: PagesMessage, now: number): Promise<Draw> {
  const { pages } = message.pages;
  const number = Math.min(Math.max(message.page, 0), pages.length - 1);
  const page = pages[number];
  await stage.prepare(pages.flatMap(({ lines }) => lines.map(({ text }) => text)).join(''));
  const shown = page && { key: String(number), page, number, pages: pages.length };
  const zone = zoneTable(message.zone, now, now + LOOKED_AT_MS);
  return (t) => {
    const input = { ...plainGlass(stage), hall: message.hall, zone, freshAt: t };
    const { value, until } = glassAt(input, t);
    // When it will be proved is not known before it is out.
    stage.draw(composeFrame(stage.profile, { ...value, freshness: [] }, shown));
    return until;
  };
}

/** A whole board at `t`. Signatures are not checked: the console's own server answered. */
export async function prepareBoard(stage: Stage, message: BoardMessage): Promise<Draw> {
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
    carried: false,
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
