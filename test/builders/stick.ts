import { concat } from '../../shared/kit/bytes.ts';
import type { ScreenId, Sha256 } from '../../shared/kit/ids.ts';
import { id, isSha256 } from '../../shared/kit/ids.ts';
import type { StickTable } from '../../shared/protocol/stick.ts';
import { stickHead } from '../../shared/protocol/stick.ts';
import type { Stick, StickFile } from '../../shared/sync/stick.ts';
import { openStick } from '../../shared/sync/stick.ts';
import type { Hall } from './hall.ts';
import { TOUCH } from './hall.ts';

/** A file in memory; counts what is read of it, and can be pulled out. */
export interface MemoryStick extends StickFile {
  readonly content: Uint8Array<ArrayBuffer>;
  readonly reads: number[];
  pulled: boolean;
}

export function memoryStick(content: Uint8Array<ArrayBuffer>): MemoryStick {
  const reads: number[] = [];
  return {
    content,
    reads,
    pulled: false,
    bytes: content.length,
    async read(from, to) {
      reads.push(from);
      return this.pulled ? undefined : content.slice(from, to);
    },
  };
}

export interface Exporting {
  readonly at: number;
  readonly screen?: ScreenId;
  readonly state?: string;
  /** Objects as they lie on the stick. */
  readonly objects?: ReadonlyMap<Sha256, Uint8Array<ArrayBuffer>>;
}

/** What the hall would write on a stick: all that it holds. */
export async function exportStick(hall: Hall, exporting: Exporting): Promise<MemoryStick> {
  const { at, screen = TOUCH, objects = hall.objects } = exporting;
  const state = exporting.state ?? (await hall.state(at));
  const table: StickTable = {
    v: 1,
    madeAt: at,
    states: [{ screen, state }],
    objects: [...objects].map(([digest, bytes]) => ({
      digest: id(isSha256, digest),
      bytes: bytes.length,
    })),
  };
  return memoryStick(concat([stickHead(table), ...objects.values()]));
}

export async function opened(file: StickFile): Promise<Stick> {
  const stick = await openStick(file);
  if (!stick.ok) throw new Error(`refused: ${stick.refusal} ${stick.detail ?? ''}`);
  return stick.value;
}
