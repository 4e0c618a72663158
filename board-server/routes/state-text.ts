import type { OutputOf } from '../../shared/protocol/routes.ts';
import { routes } from '../../shared/protocol/routes.ts';

type State = OutputOf<'screenState'>;

/** What all screens are told at one time, written around the place of a lineup. */
interface Common {
  readonly of: State;
  readonly before: string;
  readonly after: string;
}

/**
 * A state as the app writes it. But for its lineup it is the same for every screen that asks within a
 * second, so that is checked and written once.
 */
export function createStateWriter(): (state: State) => string {
  let common: Common | undefined;
  return (state) => {
    if (common === undefined || !saysTheSame(common.of, state)) common = commonOf(state);
    return `${common.before}${JSON.stringify(state.lineup)}${common.after}`;
  };
}

/** No statement has a character of control in it. */
const PLACE = '\u0000';

function commonOf(state: State): Common {
  // Parsed on the way out too: a member that the contract does not name leaves no server.
  const text = JSON.stringify(routes.screenState.output.parse({ ...state, lineup: PLACE }));
  const [before = '', after = ''] = text.split(JSON.stringify(PLACE));
  return { of: state, before, after };
}

function saysTheSame(known: State, state: State): boolean {
  return (
    known.v === state.v &&
    known.roles.length === state.roles.length &&
    known.roles.every((role, at) => role === state.roles[at]) &&
    known.channels.length === state.channels.length &&
    known.channels.every(({ channel, head, lease }, at) => {
      const other = state.channels[at];
      return other?.channel === channel && other.head === head && other.lease === lease;
    })
  );
}
