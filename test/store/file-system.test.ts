import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { FileSystem } from '../../board-server/store/file-system.ts';
import { isFull } from '../../board-server/store/file-system.ts';
import { nodeFileSystem } from '../../board-server/store/node-file-system.ts';
import { createMemoryDisk, fault } from './memory-disk.ts';
import { temporaryFolder } from './open-journal.ts';

diskContract('the real disk', async () => ({
  disk: nodeFileSystem,
  root: await temporaryFolder(),
}));
diskContract('the disk in memory', async () => ({
  disk: createMemoryDisk(new Map([['/root', 'folder']])),
  root: '/root',
}));

/** The disk in memory stands for the real one in the tests of power cuts, so it must be like it. */
function diskContract(name: string, make: () => Promise<{ disk: FileSystem; root: string }>): void {
  describe(name, () => {
    test('makes a folder once, and only where there is one to make it in', async () => {
      const { disk, root } = await make();
      expect(await disk.makeFolder(`${root}/a`)).toBe(true);
      expect(await disk.makeFolder(`${root}/a`)).toBe(false);
      await expect(disk.makeFolder(`${root}/b/c`)).rejects.toMatchObject({ code: 'ENOENT' });
      expect(await disk.list(root)).toEqual(['a']);
      expect(await disk.list(`${root}/none`)).toEqual([]);
      await disk.syncFolder(root);
      await expect(disk.syncFolder(`${root}/none`)).rejects.toMatchObject({ code: 'ENOENT' });
    });

    test('writes at the end, also after the file was cut', async () => {
      const { disk, root } = await make();
      const file = await disk.open(`${root}/f`, 'new');
      await file.write(Buffer.from('hello world'));
      await file.truncate(5);
      await file.write(Buffer.from('!'));
      await file.sync();
      await file.close();
      expect(String(await disk.read(`${root}/f`))).toBe('hello!');
      const again = await disk.open(`${root}/f`, 'existing');
      await again.write(Buffer.from('?'));
      await again.close();
      expect(String(await disk.read(`${root}/f`))).toBe('hello!?');
      await disk.syncFile(`${root}/f`);
      await (await disk.open(`${root}/f`, 'new')).close();
      expect(String(await disk.read(`${root}/f`))).toBe('');
    });

    test('a file that is not there reads as nothing and cannot be opened as existing', async () => {
      const { disk, root } = await make();
      expect(await disk.read(`${root}/f`)).toBeUndefined();
      await expect(disk.open(`${root}/f`, 'existing')).rejects.toMatchObject({ code: 'ENOENT' });
      await expect(disk.open(`${root}/none/f`, 'new')).rejects.toMatchObject({ code: 'ENOENT' });
      await expect(disk.rename(`${root}/f`, `${root}/g`)).rejects.toMatchObject({ code: 'ENOENT' });
      await disk.remove(`${root}/f`);
    });

    test('a rename takes the place of what bore the name', async () => {
      const { disk, root } = await make();
      for (const name of ['f', 'g']) {
        const file = await disk.open(`${root}/${name}`, 'new');
        await file.write(Buffer.from(name));
        await file.close();
      }
      await disk.rename(`${root}/f`, `${root}/g`);
      expect(await disk.list(root)).toEqual(['g']);
      expect(String(await disk.read(`${root}/g`))).toBe('f');
      await disk.remove(`${root}/g`);
      expect(await disk.list(root)).toEqual([]);
    });

    test('a name is claimed by one, with a text that all can read', async () => {
      const { disk, root } = await make();
      expect(await disk.claim(`${root}/lock`, 'me')).toBe(true);
      expect(await disk.claim(`${root}/lock`, 'you')).toBe(false);
      expect(await disk.claimText(`${root}/lock`)).toBe('me');
      expect(await disk.claimText(`${root}/other`)).toBeUndefined();
    });
  });
}

test('no space and no quota are the same to a writer, and an input error is not', () => {
  expect(
    [fault('ENOSPC', ''), fault('EDQUOT', ''), fault('EIO', ''), 'ENOSPC'].map(isFull),
  ).toEqual([true, true, false, false]);
});

const MEMORY = '/dev/shm';

test.skipIf(!existsSync(MEMORY))(
  '[ST7] a folder in the memory of the kernel is known as volatile',
  async () => {
    expect(await nodeFileSystem.isVolatile(MEMORY)).toBe(true);
    expect(await nodeFileSystem.isVolatile('/proc')).toBe(false);
  },
);
