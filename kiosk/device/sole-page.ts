/** A page that is being left lets go within this time. */
const LEAVING_MS = 1500;

/**
 * [SH9] One page at a time is a screen: two would sweep each other's objects and sign over each
 * other's reports. Ends once this page is it; gives how to let the next one be.
 * @param waits called when another page is it and stays
 */
export function holdScreen(name: string, waits: () => void = nothing): Promise<() => void> {
  const leaving = setTimeout(waits, LEAVING_MS);
  return new Promise((holds, fails) => {
    const left = new Promise<void>((leave) => {
      const hold = (): Promise<void> => {
        clearTimeout(leaving);
        holds(leave);
        return left;
      };
      navigator.locks.request(name, hold).catch(fails);
    });
  });
}

const nothing = (): void => undefined;
