import { createMemoryStore } from '../../board-server/store/memory-store.ts';
import { nodeFileSystem } from '../../board-server/store/node-file-system.ts';
import { storeContract } from './contract.ts';
import { createClock, openJournal, temporaryFolder } from './open-journal.ts';

storeContract('in memory', async () => createMemoryStore({ clock: createClock() }));

storeContract('in a journal', () => openJournal());

storeContract('in a journal that is checkpointed after every commit', () =>
  openJournal({ checkpointBytes: 1 }),
);

storeContract('in a journal on the real disk', async () =>
  openJournal({
    folder: await temporaryFolder(),
    fileSystem: nodeFileSystem,
    allowVolatile: true,
    checkpointBytes: 2000,
  }),
);
