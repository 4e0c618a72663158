/** Runs `action` on every item, at most `width` at a time. Ends when all have ended, then throws the first fault. */
export async function forEachConcurrently<Item>(
  items: Iterable<Item>,
  width: number,
  action: (item: Item) => Promise<void>,
): Promise<void> {
  const queue = items[Symbol.iterator]();
  let failed = false;
  const workers = Array.from({ length: width }, async () => {
    for (let next = queue.next(); !next.done && !failed; next = queue.next()) {
      try {
        await action(next.value);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  });
  for (const outcome of await Promise.allSettled(workers)) {
    if (outcome.status === 'rejected') throw outcome.reason;
  }
}
