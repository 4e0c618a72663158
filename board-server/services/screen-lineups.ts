import { findBoardProfile } from '../../shared/domain/profile.ts';
import { equalData } from '../../shared/kit/equal.ts';
import type { ScreenId } from '../../shared/kit/ids.ts';
import { accepted, refused } from '../../shared/kit/result.ts';
import type { InputOf, OutputOf } from '../../shared/protocol/routes.ts';
import type { Device } from '../../shared/protocol/statements.ts';
import type { Announcer } from '../live/announcer.ts';
import type { Reply, RequestContext } from '../routes/handlers.ts';
import type { Store } from '../store/store.ts';
import type { Signer } from '../trust/signer.ts';
import { audited } from './audit.ts';
import { refusalOfCommit } from './commit-refusal.ts';
import { CHANNEL } from './publication.ts';
import type { Collections } from './stored.ts';

/** Adds a screen or changes what it is; its lineup gets a new version only when something changed. */
export async function putScreen(
  { store, collections, signer, announcer, changed }: LineupDeps,
  context: RequestContext,
  { id: screen, name, device, revision }: InputOf<'putScreen'>,
): Promise<Reply<OutputOf<'putScreen'>>> {
  const may = context.require('screen.edit', null);
  if (!may.ok) return may;
  if (device.kind === 'board' && findBoardProfile(device.profile) === undefined) {
    return refused('malformed', 'device.profile');
  }
  const kept = collections.screens.get(screen);
  const before = kept?.value;
  if (before !== undefined && revision === 0) return refused('conflict', screen);
  if (
    before !== undefined &&
    equalData({ name, device }, { name: before.name, device: before.device })
  ) {
    return accepted({ ok: true });
  }
  const version = (before?.lineup.version ?? 0) + 1;
  const signed = await signer.sign('lineup', () => ({
    v: 1,
    epoch: signer.epoch,
    version,
    screen,
    name,
    device,
    sections: sectionsOf(device),
    // 立即插播 is the hall's own; an emergency will come on a channel of its own.
    channels: [{ channel: CHANNEL, cap: 'interrupt' }],
  }));
  if (!signed.ok) return signed;
  const lineup = { epoch: signer.epoch, version, envelope: signed.value.envelope };
  const committed = await store.commit({
    puts: [
      collections.screens.put(screen, { v: 1, name, device, lineup, key: before?.key ?? null }),
    ],
    ifVersions: [collections.screens.expect(screen, kept?.revision ?? 0)],
    appends: [
      audited({
        by: may.value.personRef,
        action: 'screen.put',
        subject: `screen:${screen}`,
        detail: name,
      }),
    ],
  });
  if (!committed.ok) return refusalOfCommit(committed);
  announcer.lineup(screen);
  changed(screen);
  return accepted({ ok: true });
}

interface LineupDeps {
  readonly store: Store;
  readonly collections: Pick<Collections, 'screens'>;
  readonly signer: Pick<Signer, 'sign' | 'epoch'>;
  readonly announcer: Pick<Announcer, 'lineup'>;
  readonly changed: (screen: ScreenId) => void;
}

export function sectionsOf(device: Device): string[] {
  return device.kind === 'board' ? [`board/${device.profile}`] : ['touch', 'search'];
}
