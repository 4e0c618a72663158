import { isSha256 } from '../../shared/kit/ids.ts';
import { accepted } from '../../shared/kit/result.ts';
import type { OutputOf } from '../../shared/protocol/routes.ts';
import type { Keeper } from '../backup/keeper.ts';
import type { ObjectStore } from '../objects/object-store.ts';
import type { Handlers } from '../routes/handlers.ts';
import type { Signer } from '../trust/signer.ts';

type Keeping = OutputOf<'keeping'>;
type Damage = Keeping['damage'][number];

/** How the hall's data is: whether it publishes, what is damaged, how much room is left. */
export function createKeepingHandlers(deps: {
  readonly keeper: Keeper;
  readonly objects: Pick<ObjectStore, 'has'>;
  readonly signer: Pick<Signer, 'isHeld' | 'damage'>;
}): Pick<Handlers, 'keeping'> {
  const { keeper, objects, signer } = deps;
  return {
    async keeping() {
      const { freeBytes, totalBytes } = await keeper.disk();
      const setAside = (await keeper.setAside()).map(damageOf);
      const lost: readonly Damage[] = [
        ...signer.damage.map(({ file }) => ({ kind: 'key' as const, file: `keys/${file}` })),
        // An object that was made again is no loss any more.
        ...setAside.filter(({ kind, file }) => kind !== 'object' || !objects.has(nameIn(file))),
      ];
      const backup = await keeper.lastBackup();
      return accepted({
        standing: signer.isHeld ? 'restored' : 'working',
        damage: lost.slice(0, DAMAGE_TOLD),
        disk: { freeBytes, totalBytes, level: levelOf(freeBytes) },
        sizes: await keeper.sizes(),
        lastBackup:
          backup === undefined
            ? null
            : { madeAt: backup.madeAt, file: backup.file, bytes: backup.bytes },
      });
    },
  };
}

const DAMAGE_TOLD = 100;

/** Room for about a month of a large hall; and for about a day, before commits are refused. */
const LOW_BYTES = 2_000_000_000;
const CRITICAL_BYTES = 500_000_000;

export function levelOf(freeBytes: number): Keeping['disk']['level'] {
  if (freeBytes < CRITICAL_BYTES) return 'critical';
  return freeBytes < LOW_BYTES ? 'low' : 'ample';
}

/** What a file was, from the name it bears in quarantine. */
function damageOf(file: string): Damage {
  if (file.startsWith('objects/')) return { kind: 'object', file };
  if (file.includes('-journal--')) return { kind: 'journal', file };
  return { kind: file.includes('-logs--') ? 'log' : 'document', file };
}

function nameIn(file: string): string {
  const name = file.slice(file.lastIndexOf('--') + 2);
  return isSha256(name) ? name : '';
}
