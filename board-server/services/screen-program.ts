import type { ScreenView } from '../../shared/protocol/routes.ts';
import { readShellText } from '../../shared/protocol/shell.ts';

/** What a screen's program is judged by. */
interface ProgramNews {
  /** As its newest report says it. */
  readonly said: string | undefined;
  /** Since when its line has been up without a break; undefined while there is none. */
  readonly connectedSince: number | undefined;
  readonly newest: NewestProgram | undefined;
}

export interface ProgramStanding {
  readonly program: ScreenView['program'];
  /** Until when, if nothing is heard; Infinity when only news can change it. */
  readonly until: number;
}

/** The build that this server hands out, and since when. */
interface NewestProgram {
  readonly build: string;
  readonly since: number;
}

/**
 * A screen asks every quarter of an hour, lets a new shell sit for ten minutes, and then waits for an
 * idle boundary [SH2]; in an hour all of it is over but where somebody stands at the screen all the time.
 */
const PATIENCE_MS = 3_600_000;

/** [SH10] How a screen's program stands at `t`, and until when if nothing is heard. */
export function programOf(
  { said, connectedSince, newest }: ProgramNews,
  t: number,
): ProgramStanding {
  const shell = said === undefined ? undefined : readShellText(said);
  if (shell === undefined || newest === undefined || connectedSince === undefined)
    return stands('unknown');
  if (shell.build === newest.build) return stands('newest');
  if (shell.rolledBackFrom?.build === newest.build) return stands('rolledBack');
  const until = Math.max(connectedSince, newest.since) + PATIENCE_MS;
  return t < until ? stands('coming', until) : stands('older');
}

function stands(program: ScreenView['program'], until = Infinity): ProgramStanding {
  return { program, until };
}
