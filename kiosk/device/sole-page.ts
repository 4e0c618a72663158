/**
 * [SH9] One page at a time is a screen: two would sweep each other's objects and sign over each
 * other's reports. Ends once this page is it; gives how to let the next one be.
 */
export function holdScreen(name: string): Promise<() => void> {
  return new Promise((holds, fails) => {
    const left = new Promise<void>((leave) => {
      const hold = (): Promise<void> => {
        holds(leave);
        return left;
      };
      navigator.locks.request(name, hold).catch(fails);
    });
  });
}
