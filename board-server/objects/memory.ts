/** An eighth of what the process may have; a hall's objects are some hundred megabytes at the most. */
const SHARE = 8;
const MOST = 512 << 20;

/**
 * Bytes of memory for objects. `allowed` is what the system grants this process, such as a unit's
 * MemoryMax; where it grants anything, the number is 0 or larger than the machine's memory.
 */
export function memoryForObjects(allowed: number, machine: number): number {
  const memory = allowed > 0 ? Math.min(allowed, machine) : machine;
  return Math.min(MOST, Math.floor(memory / SHARE));
}
