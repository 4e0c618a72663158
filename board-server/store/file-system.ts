/**
 * What the store asks of a disk, and no more: so that tests can stand a failing or a recording
 * disk in its place. Faults are thrown as Node throws them, with `code`.
 */
export interface FileSystem {
  /** Makes one folder; false when it was there. */
  makeFolder(path: string): Promise<boolean>;
  /** Names in the folder, in no order; none when there is no such folder. */
  list(folder: string): Promise<readonly string[]>;
  read(path: string): Promise<Buffer<ArrayBuffer> | undefined>;
  /** `new` empties or makes the file, `existing` demands it. Writing is always at the end. */
  open(path: string, how: 'new' | 'existing'): Promise<OpenFile>;
  rename(from: string, to: string): Promise<void>;
  /** Removes a file; nothing happens when there is none. */
  remove(path: string): Promise<void>;
  /** Makes the names in the folder durable: what was created, renamed and removed. */
  syncFolder(folder: string): Promise<void>;
  /** Makes durable what an earlier process wrote to the file and could not sync. */
  syncFile(path: string): Promise<void>;
  /** Makes a symbolic link that carries `text`, in one step; false when the name is taken. */
  claim(path: string, text: string): Promise<boolean>;
  claimText(path: string): Promise<string | undefined>;
  /** Whether the folder lies in memory, so that nothing in it outlives the power. */
  isVolatile(folder: string): Promise<boolean>;
}

export interface OpenFile {
  /** Appends all bytes. When it throws, any part of them may have been written. */
  write(bytes: Uint8Array): Promise<void>;
  truncate(length: number): Promise<void>;
  /** Makes the bytes and the length durable. After it has thrown, nothing is known of the bytes. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

/** No space, or no quota: the write may succeed later. */
export function isFull(error: unknown): boolean {
  return hasCode(error, 'ENOSPC', 'EDQUOT');
}

export function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    typeof error.code === 'string' &&
    codes.includes(error.code)
  );
}
