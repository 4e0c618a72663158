/** What is said about shells: between a page and its worker, and in reports. */

/** Names every file of a built shell by digest: twelve hexadecimal digits. */
export const isBuild = (text: string): boolean => /^[0-9a-f]{12}$/.test(text);

/** Why a boot did not count: what its page says, or silence until the limit. */
export const BOOT_FAILURES = ['threw', 'not-painted'] as const;
export type BootFailure = (typeof BOOT_FAILURES)[number];

export interface FailedShell {
  readonly build: string;
  readonly why: BootFailure;
}

/** A page tells its worker how its boot ended, or that nobody would notice a change of shells. */
export type PageToWorker = { readonly kind: 'painted' | 'threw' | 'take-over' };

/** The answer to `painted`: the build that this one was taken back for, if it was. */
export interface WorkerToPage {
  readonly rolledBackFrom: FailedShell | null;
}

// Read by hand: a schema library would double the worker.
export function readPageMessage(data: unknown): PageToWorker['kind'] | undefined {
  if (typeof data !== 'object' || data === null || !('kind' in data)) return undefined;
  const { kind } = data;
  return kind === 'painted' || kind === 'threw' || kind === 'take-over' ? kind : undefined;
}

export function readWorkerMessage(data: unknown): WorkerToPage | undefined {
  if (typeof data !== 'object' || data === null || !('rolledBackFrom' in data)) return undefined;
  const { rolledBackFrom: from } = data;
  if (from === null) return { rolledBackFrom: null };
  const failed = readFailed(from);
  return failed === undefined ? undefined : { rolledBackFrom: failed };
}

export function readFailed(data: unknown): FailedShell | undefined {
  if (typeof data !== 'object' || data === null || !('build' in data) || !('why' in data))
    return undefined;
  const { build, why } = data;
  const known = BOOT_FAILURES.find((one) => one === why);
  if (typeof build !== 'string' || !isBuild(build) || known === undefined) return undefined;
  return { build, why: known };
}

/** The `shell` of a report: the build that runs and, after a roll-back, which one failed and why. */
export interface ReportedShell {
  readonly build: string;
  readonly rolledBackFrom: FailedShell | null;
}

export function shellText({ build, rolledBackFrom }: ReportedShell): string {
  if (rolledBackFrom === null) return build;
  return `${build} after ${rolledBackFrom.build} ${rolledBackFrom.why}`;
}

/** Undefined for what no build of ours says. */
export function readShellText(text: string): ReportedShell | undefined {
  const [, build, failed, why] =
    /^([0-9a-f]{12})(?: after ([0-9a-f]{12}) (\S+))?$/.exec(text) ?? [];
  if (build === undefined) return undefined;
  if (failed === undefined) return { build, rolledBackFrom: null };
  const rolledBackFrom = readFailed({ build: failed, why });
  return rolledBackFrom === undefined ? undefined : { build, rolledBackFrom };
}
