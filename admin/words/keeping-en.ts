import type { keepingZh } from './keeping-zh.ts';

/** How the hall's data is kept, for managers and administrators. */
export const keepingEn: typeof keepingZh = {
  restoredTitle: 'This hall was restored from a backup and publishes nothing',
  restoredWhy:
    'Screens may have seen newer content than the backup. Approvals and schedules are noted, and go out once the hall is back to work.',
  restoredDo: 'An administrator must stop the server, run this on it, and start it again:',
  damageTitle: (count: number) => `${count} damaged in the data, set aside; the rest goes on`,
  damageDo:
    'Run this on the server to see what it is and what to do; then delete what was set aside:',
  damage: 'Damaged files',
  noDamage: 'No damage was found.',
  kinds: {
    document: 'A piece of content or a setting, lost. Enter it again, or restore a backup.',
    journal: 'The latest changes. See whether the last edits are still there.',
    log: 'Part of the log. Say so when it is examined.',
    object:
      'The layout of content that has been edited since. Have that content reviewed once more.',
    key: 'A signing key: what it signs cannot be done. Restore a backup; make no other.',
  },
  diskTitle: (free: string) => `Only ${free} left on the server’s disk`,
  diskLow: 'Free some space, or use a larger disk.',
  diskCritical:
    'Soon nothing can be saved. Free space at once: delete logs and old backups, not the data folder.',
  space: 'Room',
  disk: 'Disk',
  levels: { ample: 'ample', low: 'low', critical: 'nearly full' },
  free: (free: string, total: string) => `${free} free of ${total}`,
  objects: 'What screens show',
  objectsOf: (count: number, size: string) => `${count} objects, ${size}`,
  objectsHint:
    'What was replaced is cleared after seven days; whatever the log can name is kept for good.',
  store: 'Documents and log',
  backup: 'Last backup',
  never: 'No backup yet',
  backupOf: (when: string, file: string) => `${when}, ${file}`,
  backupHint: 'Run this on the server, which may go on running; copy the file to another machine.',
  backupStale: 'No backup for more than a week.',
  backupCommand: 'npm run hall -- backup FILE',
};
