/** Raised when an old screen could misread a new server; screens refuse a higher one. */
export const PROTOCOL_VERSION = 2;

/**
 * SHA-256 of every message schema of each version. A test computes it anew: when it differs, the
 * messages changed, and either the change is undone or the version is raised.
 */
export const PROTOCOL_LOCKS: Readonly<Record<number, string>> = {
  1: '2dfd908d06f64da62d554d06cedd4dbec1b722bf45dae91a867ec0682c8b3bee',
  2: 'd9927d2e490e16a4f9bd2df2ff475692bdda3a71c3af1779759eb7d06dde09ee',
};
