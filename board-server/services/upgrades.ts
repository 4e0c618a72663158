import type { Migrations } from '../store/migrations.ts';

/**
 * [UP1] What became of each collection's documents since the first release: one step for each new
 * shape, never edited once released. See `Migrations`.
 */
export const MIGRATIONS: Migrations = new Map();
