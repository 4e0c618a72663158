/**
 * Index of the first member whose key is greater than `key`, by bisection; keys ascend by code unit.
 */
export function firstAfter<Member>(
  members: readonly Member[],
  key: string,
  keyOf: (member: Member) => string,
): number {
  let low = 0;
  let high = members.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const candidate = members[middle];
    if (candidate !== undefined && keyOf(candidate) <= key) low = middle + 1;
    else high = middle;
  }
  return low;
}
