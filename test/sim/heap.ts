/** A binary heap: the least is always at hand. */
export class Heap<Value> {
  readonly #values: Value[] = [];
  readonly #order: (a: Value, b: Value) => number;

  constructor(order: (a: Value, b: Value) => number) {
    this.#order = order;
  }

  first(): Value | undefined {
    return this.#values[0];
  }

  add(value: Value): void {
    const values = this.#values;
    let at = values.length;
    values.push(value);
    while (at > 0) {
      const above = (at - 1) >> 1;
      const parent = values[above];
      if (parent === undefined || this.#order(parent, value) <= 0) break;
      values[at] = parent;
      at = above;
    }
    values[at] = value;
  }

  take(): void {
    const values = this.#values;
    const last = values.pop();
    if (last === undefined || values.length === 0) return;
    let at = 0;
    for (;;) {
      const child = this.#lesserChild(at);
      const value = values[child];
      if (value === undefined || this.#order(value, last) >= 0) break;
      values[at] = value;
      at = child;
    }
    values[at] = last;
  }

  #lesserChild(at: number): number {
    const [left, right] = [this.#values[2 * at + 1], this.#values[2 * at + 2]];
    const isRight = left !== undefined && right !== undefined && this.#order(right, left) < 0;
    return 2 * at + (isRight ? 2 : 1);
  }
}
