import type { Command } from './command.ts';

/** Every command of the hall's own tool, in the order in which help lists them. */
export const COMMANDS: readonly Command[] = [];
