/** What must hold, by name. */
export const INVARIANTS = {
  'signed-release': 'a screen shows items of a release that the hall signed, and nothing else',
  bytes: 'bytes that reach the glass hash to their name',
  order: 'epoch and version that a screen accepts or shows never decrease',
  'whole-switch': 'a screen switches only to a release that lies whole on its shelf',
  expiry: 'nothing is shown before its start or after its end by trusted time',
  'true-time': 'by true time a confirmed screen is at most a second and the line’s delay late',
  returns: 'what a screen has seen end never comes back',
  withdrawn: 'nothing withdrawn is shown once the head that says so is accepted',
  staff: 'no public release and no public screen holds an item for staff',
  'class-order': 'nothing is shown while something of a higher class is due',
  blank: 'a screen is never blank, nor on its card while something is due',
  'power-cut': 'a power cut takes no screen back from what it had stored',
  clock: 'an unconfirmed clock stands within 30 days of what was proved, else it is lost',
  proof: 'a release is no fresher than the newest lease signed for it',
  pace: 'a screen that gets nowhere tries again in its own time, not at once',
  report: 'a report says what is on the glass',
  convergence: 'once faults have ended every screen shows the newest release within the time given',
  'server-order': 'the hall never gives one version two meanings and never goes back',
  'server-clock': 'the hall signs nothing by a clock that jumped',
  'server-keeps': 'what the hall acknowledged it has after kill -9, and publishes it',
} as const;
export type Invariant = keyof typeof INVARIANTS;

export interface Broken {
  readonly invariant: Invariant;
  readonly at: number;
  readonly who: string;
  readonly detail: string;
}
