import type { InputOf } from '../../shared/protocol/routes.ts';
import { parseJson } from '../../shared/kit/json.ts';
import type { Answer } from './client.ts';
import { failureOf } from './client.ts';
import { connection } from './connection.ts';
import { requestOf } from './request.ts';

/** Routes whose answer is a file. */
type FileRoute = 'auditExport';

/** A log of years takes its time; a server that has stopped sending is given up earlier by itself. */
const PATIENCE_MS = 10 * 60_000;

/** Fetches a file and hands it to the browser to keep; answers under which name. */
export async function download<Name extends FileRoute>(
  name: Name,
  input: InputOf<Name>,
): Promise<Answer<string> | 'broken'> {
  const { path } = requestOf(name, input);
  let response: Response;
  try {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    response = await fetch(path, { credentials: 'same-origin', cache: 'no-store', signal });
  } catch {
    connection.answered(false);
    return { ok: false, refusal: 'unreachable' }; // fetch rejects only when there is no answer.
  }
  connection.answered(true);
  try {
    if (!response.ok) {
      const failure = failureOf(response.status, parseJson(await response.text()));
      if (failure.refusal === 'signed-out') connection.signedOut();
      return failure;
    }
    const file = fileName(response.headers.get('content-disposition') ?? '');
    keep(await response.blob(), file);
    return { ok: true, value: file };
  } catch {
    return 'broken'; // The server or the way there failed in the middle of the file.
  }
}

function fileName(disposition: string): string {
  return /filename="([^"]+)"/.exec(disposition)?.[1] ?? 'openhall-export';
}

function keep(file: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
