import { useEffect, useState } from 'preact/hooks';
import type { FailedShell } from '../../shared/protocol/shell.ts';
import { shellBuild } from '../device/boot-word.ts';
import type { TechnicianWords } from '../words/technician-zh.ts';
import { failedBefore } from './program.ts';

/** [SH11] Which program runs, and which one was taken back and why. */
export function Program({ words }: { readonly words: TechnicianWords }) {
  const [failed, setFailed] = useState<FailedShell | null>(null);
  useEffect(() => void failedBefore().then(setFailed), []);
  return (
    <>
      <span class="technician-mono">{shellBuild}</span>
      {failed !== null && (
        <p class="technician-failed" data-failed={failed.build}>
          {words.rolledBack(failed.build, words.failures[failed.why])}
        </p>
      )}
    </>
  );
}
