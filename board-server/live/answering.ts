import type * as z from 'zod/mini';

/**
 * [PR2] A socket handler that parses what it is given, answers at most once, and survives anything:
 * `null`, no acknowledgement, an acknowledgement in the wrong place, a thrown error. What is answered
 * at once costs no promise; the rest is answered when what is returned resolves.
 */
export function answering<Message, Answer>(options: {
  readonly schema: z.ZodMiniType<Message>;
  readonly handle: (message: Message) => Answer | Promise<Answer>;
  readonly malformed: Answer;
  /** What a sender hears when handling threw; the error itself goes to `failed`. */
  readonly broken: Answer;
  readonly failed: (error: unknown) => void;
  /** What becomes of an answer that the sender did not ask for; nothing unless given. */
  readonly unasked?: (answer: Answer) => void;
}): (...values: readonly unknown[]) => Promise<void> | undefined {
  const { schema, handle, malformed, broken, failed, unasked } = options;

  const fail = (error: unknown): Answer => {
    failed(error);
    return broken;
  };
  const answerTo = (message: unknown): Answer | Promise<Answer> => {
    const parsed = schema.safeParse(message);
    if (!parsed.success) return malformed;
    try {
      const answer = handle(parsed.data);
      return answer instanceof Promise ? answer.catch(fail) : answer;
    } catch (error) {
      return fail(error);
    }
  };
  return (...values) => {
    const last = values.at(-1);
    const tell = (answer: Answer): void => {
      // Socket.IO hands over its acknowledgement as the last value, when the sender wants one.
      if (isFunction(last)) last(answer);
      else unasked?.(answer);
    };
    const answer = answerTo(values[0]);
    if (answer instanceof Promise) return answer.then(tell).catch(failed);
    try {
      tell(answer);
    } catch (error) {
      failed(error);
    }
    return undefined;
  };
}

function isFunction(value: unknown): value is (answer: unknown) => void {
  return typeof value === 'function';
}
