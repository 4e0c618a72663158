/** Bytes as people say them: 38 MB, 1.2 GB. */
export function sayBytes(bytes: number): string {
  if (bytes < 1e9) return `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`;
  return `${(bytes / 1e9).toFixed(bytes < 1e10 ? 1 : 0)} GB`;
}
