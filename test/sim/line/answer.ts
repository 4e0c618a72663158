/** A state as it travels, with the leases in it for those who keep account. */
export interface Answer {
  readonly text: string;
  readonly leases: readonly string[];
}
