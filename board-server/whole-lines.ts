import type { DestinationStream } from 'pino';

/**
 * [OP4] Lines that arrive whole or are lost; how many were lost is said when it goes on.
 *
 * @param append takes a line, or answers false
 */
export function wholeLines(append: (line: string) => boolean): DestinationStream {
  let lost = 0;
  return {
    write(line) {
      if (lost > 0 && append(`{"level":40,"msg":"${lost} lines were lost: nothing took them"}\n`))
        lost = 0;
      if (lost > 0 || !append(line)) lost += 1;
    },
  };
}
