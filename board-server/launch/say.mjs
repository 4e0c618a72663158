/** One line of progress, Chinese first: the person at the counter reads Chinese, the maintainer may not. */
export function say(/** @type {string} */ chinese, /** @type {string} */ english) {
  process.stdout.write(`${chinese} · ${english}\n`);
}

/**
 * The sentence that explains why nothing more can be done, then the end of the process.
 * @param {string} chinese
 * @param {string} english
 * @returns {never}
 */
export function stop(chinese, english) {
  process.stderr.write(`${chinese}\n${english}\n`);
  process.exit(1);
}
