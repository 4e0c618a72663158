import type { HttpBindings } from '@hono/node-server';
import type { RefusalCode } from './handlers.ts';
import type { Visit } from './visit.ts';

/** What a request carries through the app. Bindings are absent when no socket is behind it. */
export interface HallEnv {
  Bindings: Partial<HttpBindings>;
  Variables: {
    visit: Visit;
    /** Named in the log and in the answer to a failure. */
    requestId: string;
    /** Who is signed in, for the log. */
    person: string | undefined;
    /** Which route or kind of address it was, for logs and figures; undefined for none of ours. */
    route: string | undefined;
    /** Why it was refused. */
    refusal: RefusalCode | undefined;
  };
}
