/**
 * Runs work one at a time. Whoever asks while a run is under way shares the next one with all who
 * ask before it begins: their causes are handed over together, and they get one outcome.
 */
export function createRuns<Cause, Outcome>(
  work: (causes: readonly Cause[]) => Promise<Outcome>,
): Runs<Cause, Outcome> {
  let running: Promise<unknown> = Promise.resolve();
  let next: { readonly causes: Cause[]; readonly outcome: Promise<Outcome> } | undefined;

  const schedule = () => {
    const causes: Cause[] = [];
    const begin = (): Promise<Outcome> => {
      next = undefined;
      return work(causes);
    };
    // A run that failed told those who asked for it; it does not keep the next from running.
    const outcome = running.then(begin, begin);
    running = outcome;
    return { causes, outcome };
  };

  return {
    ask(cause) {
      next ??= schedule();
      next.causes.push(cause);
      return next.outcome;
    },
    async settled() {
      await Promise.allSettled([running]);
    },
  };
}

export interface Runs<Cause, Outcome> {
  ask(cause: Cause): Promise<Outcome>;
  /** Resolves when all that was asked for so far has run. */
  settled(): Promise<void>;
}
