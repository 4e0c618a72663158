import type { Life } from '../box/life.ts';
import { SECOND } from '../seconds.ts';
import type { SyncPorts } from '../../../shared/sync/ports.ts';
import type { Invariant } from '../referee/invariants.ts';
import type { Patch } from './patch.ts';

/** A mistake that somebody could make, and the invariants of which one must notice. */
export interface Bug {
  readonly what: string;
  readonly caughtBy: readonly Invariant[];
  /** With which a small run meets it soon. */
  readonly seed: number;
  readonly patches?: readonly Patch[];
  /** Mistakes of a platform are made in what the engine is given. */
  readonly ports?: (ports: SyncPorts, life: Life) => SyncPorts;
}

export const BUGS: Readonly<Record<string, Bug>> = {
  'older-after-lost-notebook': {
    what: 'what was accepted, and its marks, are read from the first notebook alone',
    caughtBy: ['order'],
    seed: 1,
    patches: [
      {
        file: 'shared/sync/records.ts',
        from: 'for (const notebook of notebooks) {',
        to: 'for (const notebook of notebooks.slice(0, 1)) {',
      },
      {
        file: 'shared/sync/boot.ts',
        from: 'readAccepted(ahead.notebooks, ',
        to: 'readAccepted([notebook], ',
      },
    ],
  },
  'flip-before-stored': {
    what: 'a screen switches before the renderings are on its shelf',
    caughtBy: ['whole-switch'],
    seed: 1,
    patches: [
      {
        file: 'shared/sync/contents.ts',
        from: 'await holdObjects(parts, fresh, library, way)',
        to: "accepted('held')",
      },
    ],
  },
  'unhashed-read': {
    what: 'what lies on the shelf is believed without hashing it',
    caughtBy: ['bytes'],
    seed: 2,
    patches: [
      {
        file: 'shared/sync/library.ts',
        from: '(await digest(bytes)) === ref.digest) return bytes;\n    held',
        to: 'true) return bytes;\n    held',
      },
    ],
  },
  'believes-wall-clock': {
    what: 'after a start without a line the device’s clock is believed, however far off',
    caughtBy: ['clock'],
    seed: 1,
    patches: [
      {
        file: 'shared/sync/clock.ts',
        from: 'estimate !== undefined && Math.abs(estimate - floor) <= NEAR_MS',
        to: 'estimate !== undefined',
      },
    ],
  },
  'forgets-withdrawn': {
    what: 'a start forgets the head that was accepted and not yet fetched, and what it withdrew',
    caughtBy: ['withdrawn'],
    seed: 1,
    patches: [
      {
        file: 'shared/sync/boot.ts',
        from: 'await readAccepted(ahead.notebooks, trust, booted?.statements)',
        to: 'booted?.statements',
      },
    ],
  },
  'clock-back-revives': {
    what: 'the floor is not kept to, so what ended comes back when the clock goes back',
    caughtBy: ['returns'],
    seed: 6,
    patches: [
      {
        file: 'shared/sync/clock.ts',
        from: 'plausible ? Math.max(floor, estimate) : floor',
        to: 'plausible ? estimate : floor',
      },
    ],
  },
  'foreign-lease': {
    what: 'a lease counts for a head that it does not name',
    caughtBy: ['proof'],
    seed: 1,
    patches: [
      {
        file: 'shared/sync/statements.ts',
        from: "if (!names || digest !== mark.digest) return refused('not-for-us');",
        to: 'void names; void digest;',
      },
      {
        file: 'shared/trust/accept.ts',
        from: "if (lease.head !== head) return refused('other-head');",
        to: 'void head;',
      },
    ],
  },
  'gate-leak': {
    what: 'a place at the gate of downloads is not given back, so after a while all wait for ever',
    caughtBy: ['convergence'],
    seed: 1,
    patches: [
      {
        file: 'shared/sync/gate.ts',
        from: 'if (next === undefined) free += 1;',
        to: 'if (next === undefined) free += 0;',
      },
    ],
  },
  'evicts-current': {
    what: 'to make room everything is thrown away, what is shown as well',
    caughtBy: ['power-cut', 'whole-switch'],
    seed: 2,
    patches: [
      {
        file: 'shared/sync/generations.ts',
        from: "keepOnly([await load('current'), await load('settled')])",
        to: 'keepOnly([])',
      },
    ],
  },
  'sweeps-current': {
    what: 'the sweep after settling keeps the previous generation alone',
    caughtBy: ['power-cut', 'whole-switch'],
    seed: 1,
    patches: [
      {
        file: 'shared/sync/generations.ts',
        from: "[await load('current'), await load('previous'), await load('settled')]",
        to: "[await load('previous')]",
      },
    ],
  },
  'torn-pointer': {
    what: 'a start with a torn pointer does not look at the generations before it',
    caughtBy: ['power-cut'],
    seed: 3,
    patches: [
      {
        file: 'shared/sync/generations.ts',
        from: "for (const name of ['current', 'previous', 'settled'] as const) {",
        to: "for (const name of ['current'] as const) {",
      },
    ],
  },
  'volatile-notes': {
    what: 'the first notebook says stored half a minute before it is',
    caughtBy: ['power-cut', 'order', 'withdrawn'],
    seed: 1,
    ports(ports, life) {
      const [first, second] = ports.notebooks;
      const pending = new Map<string, string>();
      return {
        ...ports,
        notebooks: [
          {
            read: async (name) => pending.get(name) ?? first.read(name),
            async write(name, value) {
              pending.set(name, value);
              life.after(30 * SECOND, () => void first.write(name, value));
              return 'stored';
            },
          },
          second,
        ],
      };
    },
  },
  'restless-repair': {
    what: 'a lost object that cannot be had is asked for again at once, for ever',
    caughtBy: ['pace'],
    seed: 2,
    patches: [
      {
        file: 'shared/sync/screen.ts',
        from: 'if (bytes !== undefined || isKnown || this.#closed) return bytes;',
        to: 'void isKnown; if (bytes !== undefined || this.#closed) return bytes;',
      },
    ],
  },
  'end-ignored': {
    what: 'a board plays an item past its end',
    caughtBy: ['expiry', 'returns'],
    seed: 1,
    patches: [
      {
        file: 'shared/domain/playback.ts',
        from: 'const until = Math.min(slot.latestAt, staleAt);',
        to: 'const until = staleAt;',
      },
    ],
  },
  'weakest-first': {
    what: 'the weakest class comes first on a board',
    caughtBy: ['class-order'],
    seed: 1,
    patches: [
      {
        file: 'shared/domain/playback.ts',
        from: '[...CLASSES].reverse()',
        to: '[...CLASSES]',
      },
    ],
  },
  'paints-in-words': {
    what: 'a report says painted for what is only accepted',
    caughtBy: ['report'],
    seed: 1,
    patches: [
      {
        file: 'shared/sync/reporting.ts',
        from: 'painted: painted.get(channel) ?? null,',
        to: 'painted: painted.has(channel) ? { epoch: head.epoch, version: head.version, at: 0 } : null,',
      },
    ],
  },
  'signs-when-stepped': {
    what: 'the hall goes on signing after its clock has jumped',
    caughtBy: ['server-clock'],
    seed: 1,
    patches: [
      {
        file: 'board-server/trust/clock-guard.ts',
        from: "Math.abs(step) > STEP_LIMIT_MS ? 'stepped' : undefined",
        to: "Math.abs(step) > Infinity ? 'stepped' : undefined",
      },
    ],
  },
  'one-version': {
    what: 'the hall gives each new head the version of the one before',
    caughtBy: ['server-order'],
    seed: 1,
    patches: [
      {
        file: 'board-server/services/publication.ts',
        from: '(before?.value.head.version ?? 0) + 1',
        to: '(before?.value.head.version ?? 1)',
      },
    ],
  },
  'publishes-staff-item': {
    what: 'an item for staff passes every gate of the hall',
    caughtBy: ['staff'],
    seed: 1,
    patches: [
      {
        file: 'shared/records/render.ts',
        from: 'audience: kind.audience,',
        to: "audience: /[0-7]$/.test(job.record) ? 'staff' : kind.audience,",
      },
      {
        file: 'shared/domain/compile.ts',
        from: "if (item.audience !== 'public') return refused('not-public', item.record);",
        to: '',
      },
      {
        file: 'board-server/services/record-review.ts',
        from: "if (rendered.value.item.audience !== 'public') return",
        to: 'if (rendered.value.item === undefined) return',
      },
      {
        file: 'board-server/services/record-review.ts',
        from: "if (item.audience !== 'public') return refused('not-public', record);",
        to: '',
      },
    ],
  },
  'starts-late': {
    what: 'an item enters the release only once it has begun, and nothing wakes the hall then',
    caughtBy: ['server-keeps'],
    seed: 1,
    patches: [
      {
        file: 'shared/domain/compile.ts',
        from: 'earliestAt === null || earliestAt - t <= ENTER_AHEAD_MS',
        to: 'earliestAt === null || earliestAt <= t',
      },
    ],
  },
};
