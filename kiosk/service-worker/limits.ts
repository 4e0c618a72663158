/** [SH7] The answer, or another when it has not come in time or has failed. */
export async function within<Value>(
  ms: number,
  work: Promise<Value>,
  otherwise: () => Value | Promise<Value>,
): Promise<Value> {
  let handle: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<'late'>((resolve) => {
    handle = setTimeout(() => resolve('late'), ms);
  });
  try {
    const first = await Promise.race([work.then((value) => ({ value })), late]);
    return first === 'late' ? await otherwise() : first.value;
  } catch (error) {
    if (error instanceof Error) return await otherwise(); // No line, or a disk that gives nothing.
    throw error;
  } finally {
    clearTimeout(handle);
  }
}

export const rest = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
