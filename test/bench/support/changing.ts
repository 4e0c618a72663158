import { DEMONSTRATION_PEOPLE } from '../../../board-server/demo/people.ts';
import { assert, present } from '../../../shared/kit/assert.ts';
import type { RecordId } from '../../../shared/kit/ids.ts';
import type { NoticeFields } from '../../../shared/records/notice.ts';
import type { ConsoleClient } from './console-client.ts';
import { signIn } from './console-client.ts';
import { noticeNumbered } from './notices.ts';

/** A person who writes and another who approves, over HTTP like everyone. */
export interface Desk {
  readonly manager: ConsoleClient;
  /** Gives the record another title and text and submits it. */
  prepare(record: RecordId, number: number, parts?: Partial<NoticeFields>): Promise<Prepared>;
  /** Version of the head that is out. */
  version(): Promise<number>;
}

export interface Prepared {
  /** All that remains; it publishes. */
  approve(): Promise<void>;
  /** The new version as reports name it, `record/version`. */
  readonly showing: string;
}

export async function openDesk(base: string): Promise<Desk> {
  const manager = await signIn(base, DEMONSTRATION_PEOPLE.manager.account);
  const reviewer = await signIn(base, DEMONSTRATION_PEOPLE.reviewer.account);
  return {
    manager,
    async prepare(record, number, parts = {}) {
      const before = await manager.call('record', { id: record });
      assert(before.body.kind === 'notice', 'a notice');
      const { title, body } = noticeNumbered(number, Date.now());
      const fields = { ...before.body.fields, title, body, ledText: `${title}。`, ...parts };
      const { revision } = await manager.call('saveRecord', {
        id: record,
        revision: before.revision,
        body: { kind: 'notice', fields },
      });
      const { version } = await manager.call('submitRecord', { id: record, revision });
      const { seal } = await reviewer.call('previewRecord', { id: record });
      return {
        showing: `${record}/${version}`,
        async approve() {
          await reviewer.call('approveRecord', { id: record, seal });
        },
      };
    },
    async version() {
      const { screens } = await manager.call('screens', {});
      return present(screens[0]?.channels[0], 'published channel').wanted.version;
    },
  };
}
