/** Milliseconds of the machine's monotonic clock, which all its processes read alike. */
export const moment = (): number => Number(process.hrtime.bigint()) / 1e6;

/** The same promise, or an error when it has not come after `seconds`: a bench never hangs. */
export async function within<Value>(
  seconds: number,
  what: string,
  promise: Promise<Value>,
): Promise<Value> {
  let handle: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    handle = setTimeout(
      () => reject(new Error(`${what}: not within ${seconds} s`)),
      seconds * 1000,
    );
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(handle);
  }
}
