/**
 * Work that runs once at a time: called while it runs, it runs once more after, for all who called
 * meanwhile. Each caller's promise ends with a run that began after the call.
 */
export function coalesce(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;

  const start = (): Promise<void> => {
    const run = work().finally(() => {
      if (running === run) running = undefined;
    });
    running = run;
    return run;
  };

  const afterwards = async (run: Promise<void>): Promise<void> => {
    // How the earlier run ended was told to those who called it.
    await run.catch(() => undefined);
    next = undefined;
    await start();
  };

  return () => {
    if (running === undefined && next === undefined) return start();
    next ??= afterwards(running ?? Promise.resolve());
    return next;
  };
}
