import type { Command } from './command.ts';
import { tls } from './tls.ts';
import { verifyAudit } from './verify-audit.ts';

/** Every command of the hall's own tool, in the order in which help lists them. */
export const COMMANDS: readonly Command[] = [tls, verifyAudit];
