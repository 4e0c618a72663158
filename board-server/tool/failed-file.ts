import type { Sentence, ToolContext } from './command.ts';

/** What the disk refuses, in words; anything else is a fault of the program and goes on. */
export async function sayingDiskFaults(
  { fail }: Pick<ToolContext, 'fail'>,
  work: () => Promise<number>,
): Promise<number> {
  try {
    return await work();
  } catch (error) {
    const said =
      error instanceof Error && 'code' in error ? FAULTS.get(String(error.code)) : undefined;
    if (said === undefined || !(error instanceof Error)) throw error;
    const [zh, en] = said;
    return fail([`${zh}（${error.message}）`, en]);
  }
}

const FAULTS: ReadonlyMap<string, Sentence> = new Map([
  [
    'ENOSPC',
    [
      '磁盘空间不够，没有做成。请腾出空间再试。',
      'The disk is full; nothing was done. Free some space.',
    ],
  ],
  ['EDQUOT', ['磁盘配额用完了，没有做成。', 'The disk quota is used up; nothing was done.']],
  [
    'EFBIG',
    [
      '目标磁盘装不下这么大的文件（FAT 格式最多 4 GB）。',
      'The disk cannot hold a file this large (FAT takes 4 GB).',
    ],
  ],
  [
    'EACCES',
    [
      '没有权限。请换用运行服务器的账号执行。',
      'Permission denied. Use the account that runs the server.',
    ],
  ],
  [
    'EPERM',
    [
      '没有权限。请换用运行服务器的账号执行。',
      'Permission denied. Use the account that runs the server.',
    ],
  ],
  ['EROFS', ['磁盘是只读的。', 'The disk is read-only.']],
  ['ENOENT', ['没有这个文件或文件夹。', 'There is no such file or folder.']],
  ['ENOTDIR', ['路径中有一段不是文件夹。', 'Part of the path is not a folder.']],
  ['EISDIR', ['这是一个文件夹，不是文件。', 'This is a folder, not a file.']],
  ['EIO', ['磁盘读写出错，可能已经损坏。', 'The disk failed to read or write; it may be broken.']],
]);
