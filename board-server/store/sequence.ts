/** Runs tasks one after another, in the order they were given. */
export type Sequence = <Value>(task: () => Promise<Value>) => Promise<Value>;

export function createSequence(): Sequence {
  let last: Promise<unknown> = Promise.resolve();
  return (task) => {
    const next = last.then(task, task);
    last = next;
    return next;
  };
}
