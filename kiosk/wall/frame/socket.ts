import type { Connection, ConnectionListener } from '../../device/connection.ts';
import type { Wiring } from '../../device/screen.ts';
import type { Line } from './line.ts';
import { slowly } from './line.ts';
import { spoilText } from './spoil.ts';
import type { Trouble } from './trouble.ts';

export interface SocketPorts {
  readonly connect: Wiring['connect'];
  readonly line: Line;
  readonly trouble: Trouble;
  /** Whether another page of this browser speaks for the screen. */
  readonly isSpokenFor: () => Promise<boolean>;
}

/** The screen's socket over the simulated line: closed while it is cut, and opened anew afterwards. */
export function simulateSocket(ports: SocketPorts): Wiring['connect'] {
  const { connect, trouble, isSpokenFor } = ports;
  return (base, screen, listener) => {
    const heard = heardOver(ports, listener);
    let connection: Connection | undefined;
    const follow = (): void => {
      if (!trouble.now.offline) {
        connection ??= connect(base, screen, heard);
        return;
      }
      connection?.close();
      connection = undefined;
    };
    async function report(envelope: string): Promise<void> {
      await slowly(trouble);
      // [WA3] Two pages would sign over each other's reports.
      if (!(await isSpokenFor())) connection?.report(envelope);
    }
    const unlisten = trouble.listen(follow);
    follow();
    return {
      report: (envelope) => void report(envelope),
      close() {
        unlisten();
        connection?.close();
      },
    };
  };
}

/** What the socket brings, when and as it gets through. */
function heardOver({ line, trouble }: SocketPorts, listener: ConnectionListener) {
  const late = async (deliver: () => void): Promise<void> => {
    await slowly(trouble);
    if (!trouble.now.offline) deliver();
  };
  return {
    ...listener,
    moved(message) {
      const { statements, added } = message;
      const brought = statements && {
        ...statements,
        head: line.pass(statements.head, spoilText),
      };
      const additions = added && {
        ...added,
        objects: added.objects.map((text) => line.pass(text, spoilText)),
      };
      void late(() => listener.moved({ ...message, statements: brought, added: additions }));
    },
    leased(message) {
      const lease = line.pass(message.lease, spoilText);
      void late(() => listener.leased({ ...message, lease }));
    },
  } satisfies ConnectionListener;
}
