import { backup } from './backup.ts';
import type { Command } from './command.ts';
import { exportRootKey } from './export-root.ts';
import { raise } from './raise-epoch.ts';
import { resetAdmin } from './reset-admin.ts';
import { restore } from './restore.ts';
import { screenSetup } from './screen-setup.ts';
import { tls } from './tls.ts';
import { verifyHall } from './verify.ts';
import { verifyAudit } from './verify-audit.ts';

/** Every command of the hall's own tool, in the order in which help lists them. */
export const COMMANDS: readonly Command[] = [
  tls,
  screenSetup,
  backup,
  restore,
  raise,
  exportRootKey,
  verifyHall,
  resetAdmin,
  verifyAudit,
];
