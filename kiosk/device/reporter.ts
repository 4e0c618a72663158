import { canonicalBytes } from '../../shared/kit/json.ts';
import type { Report } from '../../shared/protocol/report.ts';
import { coalesce } from '../../shared/sync/coalesce.ts';
import type { Notebook } from '../../shared/sync/ports.ts';
import type { ReportBody } from '../../shared/sync/reporting.ts';
import type { SigningKey } from '../../shared/trust/envelope.ts';
import { seal } from '../../shared/trust/envelope.ts';

/** Signs what a screen has to say and sends it; a newer word takes an older one's place. */
export interface Reporter {
  report(body: ReportBody): void;
  /** [SK7] The same as it would be sent, to be carried. */
  signed(body: ReportBody): Promise<string>;
  /** [TK4] What was sent last was not taken. */
  readonly refused: () => void;
  /** [TK6] Number of what was sent last; undefined when there was nothing, or there is something newer. */
  readonly reported: () => number | undefined;
  /** The key was approved: what was not taken is sent again. */
  retry(): Promise<void>;
  /** More is known of the shell that runs: it is told with the newest word. */
  runs(shell: string): void;
}

export interface ReporterPorts {
  readonly key: SigningKey;
  /** Build of the shell. */
  readonly shell: string;
  readonly notebook: Notebook;
  readonly send: (envelope: string) => void;
}

export function createReporter({ key, shell, notebook, send }: ReporterPorts): Reporter {
  let running = shell;
  let newest: ReportBody | undefined;
  let waiting: ReportBody | undefined;
  let seq: number | undefined;
  let sent: number | undefined;

  /**
   * Counts on from the notebook; confirmed time keeps it growing even when the notebook is lost. A
   * wrong clock would carry it ahead, and after such a loss nothing would count for years.
   */
  async function nextSeq({ at, clock }: ReportBody): Promise<number> {
    const written = Number((await notebook.read('report-seq')) ?? 0);
    const last = seq ?? (Number.isSafeInteger(written) ? written : 0);
    const next = Math.max(last + 1, clock === 'confirmed' ? at : 0);
    seq = next;
    await notebook.write('report-seq', String(next));
    return next;
  }

  async function signed(body: ReportBody): Promise<string> {
    const report: Report = { ...body, seq: await nextSeq(body), shell: running };
    return seal('report', canonicalBytes(report), [key]);
  }

  const retry = coalesce(async () => {
    const body = waiting;
    waiting = undefined;
    if (body === undefined) return;
    send(await signed(body));
    // One that was made meanwhile, to be carried, is higher: then the server has another.
    if (newest === body) sent = seq;
  });

  function report(body: ReportBody): void {
    newest = body;
    waiting = body;
    sent = undefined;
    void retry();
  }

  return {
    report,
    signed,
    reported: () => sent,
    retry,
    refused() {
      waiting ??= newest;
      sent = undefined;
    },
    runs(text) {
      running = text;
      if (newest !== undefined) report({ ...newest });
    },
  };
}
