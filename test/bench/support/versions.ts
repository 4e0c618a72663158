/** Lets one wait until a version has come. */
export class Versions {
  #newest = 0;
  #waiting: { readonly version: number; readonly resolve: () => void }[] = [];

  readonly reached = (version: number): void => {
    this.#newest = Math.max(this.#newest, version);
    const due = this.#waiting.filter((each) => each.version <= this.#newest);
    this.#waiting = this.#waiting.filter((each) => each.version > this.#newest);
    for (const { resolve } of due) resolve();
  };

  atLeast(version: number): Promise<void> {
    if (this.#newest >= version) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push({ version, resolve }));
  }
}
