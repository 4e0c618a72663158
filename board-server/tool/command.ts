import type { Config } from '../config.ts';

/** One thing that `npm run hall -- NAME …` does, on the server's own machine. */
export interface Command {
  /** As typed after `npm run hall --`. */
  readonly name: string;
  /** What may follow the name, such as `FILE`; empty when nothing does. */
  readonly usage: string;
  readonly summary: Sentence;
  /** Ends with the exit code: 0 done, 1 not done (and said why), 2 wrong arguments. */
  run(args: readonly string[], context: ToolContext): Promise<number>;
}

/** Chinese first, English second. */
export type Sentence = readonly [zh: string, en: string];

export interface ToolContext {
  readonly config: Config;
  /** Tells what happened, on standard output. */
  say(sentence: Sentence): void;
  /** Tells what went wrong and what to do, on standard error; gives the exit code of a failure. */
  fail(sentence: Sentence): number;
  /** Asks the person at the terminal; undefined when nobody can answer. */
  ask(question: Sentence): Promise<string | undefined>;
  /** The same for a passphrase: what is typed is not shown. */
  askSecret(question: Sentence): Promise<string | undefined>;
  /** The passphrase in the environment, for runs without a person. */
  readonly passphrase?: string | undefined;
}
