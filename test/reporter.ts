import type { Reporter, TestModule, Vitest } from 'vitest/node';

/** Ends a run with one plain line: `N passed, N failed, N skipped`. */
export default class Totals implements Reporter {
  #vitest: Vitest | undefined;

  onInit(vitest: Vitest): void {
    this.#vitest = vitest;
  }

  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const totals = count(modules);
    const failed = totals.failed + unhandledErrors.length;
    const line = `${totals.passed} passed, ${failed} failed, ${totals.skipped} skipped`;
    // Other reporters print their summary in the same hook; the line must stand after them.
    this.#vitest?.onClose(() => void process.stdout.write(`\n${line}\n`));
  }
}

/** A file or suite that broke before its tests ran counts as one failure: it must not vanish. */
export function count(
  modules: readonly TestModule[],
): Record<'passed' | 'failed' | 'skipped', number> {
  const totals = { passed: 0, failed: 0, skipped: 0 };
  for (const module of modules) {
    if (module.errors().length > 0) totals.failed += 1;
    for (const suite of module.children.allSuites()) {
      if (suite.errors().length > 0) totals.failed += 1;
    }
    for (const test of module.children.allTests()) {
      const { state } = test.result();
      // A test that never ran ("pending") proves nothing: it is not a pass, and not a choice either.
      totals[state === 'pending' ? 'failed' : state] += 1;
    }
  }
  return totals;
}
