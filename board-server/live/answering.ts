import type * as z from 'zod/mini';

/**
 * [PR2] A socket handler that parses what it is given, answers at most once, and survives anything:
 * `null`, no acknowledgement, an acknowledgement in the wrong place, a thrown error.
 */
export function answering<Message, Answer>(options: {
  readonly schema: z.ZodMiniType<Message>;
  readonly handle: (message: Message) => Promise<Answer>;
  readonly malformed: Answer;
  /** What a sender hears when handling threw; the error itself goes to `failed`. */
  readonly broken: Answer;
  readonly failed: (error: unknown) => void;
}): (...values: readonly unknown[]) => Promise<void> {
  const { schema, handle, malformed, broken, failed } = options;
  const answerTo = async (message: unknown): Promise<Answer> => {
    const parsed = schema.safeParse(message);
    if (!parsed.success) return malformed;
    try {
      return await handle(parsed.data);
    } catch (error) {
      failed(error);
      return broken;
    }
  };
  return async (...values) => {
    const last = values.at(-1);
    const answer = await answerTo(values[0]);
    // Socket.IO hands over its acknowledgement as the last value, when the sender wants one.
    if (isFunction(last)) last(answer);
  };
}

function isFunction(value: unknown): value is (answer: unknown) => void {
  return typeof value === 'function';
}
