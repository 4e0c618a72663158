import type { DataFolder } from '../backup/data-folder.ts';
import { openStore } from '../hall.ts';
import type { JournalStore } from '../store/journaled.ts';
import type { Sentence, ToolContext } from './command.ts';

/** Opens the store of a server that stands still, runs the work and closes it. */
export async function withStore(
  folder: DataFolder,
  { fail }: Pick<ToolContext, 'fail'>,
  work: (store: JournalStore) => Promise<number>,
): Promise<number> {
  const opened = await openStore(folder);
  if (!opened.ok) return fail(FAILURES[opened.refusal]);
  try {
    return await work(opened.value);
  } finally {
    await opened.value.close();
  }
}

const FAILURES = {
  locked: [
    '服务器正在使用这个数据文件夹。请先停止它，再执行这个命令。',
    'The server is using the data folder. Stop it, then run this command again.',
  ],
  volatile: [
    '数据文件夹在内存盘上。请用 DATA_DIR 指定磁盘上的文件夹。',
    'The data folder lies in memory. Name one on a disk by DATA_DIR.',
  ],
  newer: [
    '数据文件夹由更新的版本写过。请安装那个版本，或更新的版本。',
    'A later version wrote in the data folder. Install that version or a newer one.',
  ],
} as const satisfies Record<string, Sentence>;
