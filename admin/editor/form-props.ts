import type { Finding } from '../../shared/records/kind.ts';
import type { Strictness } from './remarks.ts';

/** What the form of any kind is given. */
export interface FormProps<Fields> {
  readonly fields: Fields;
  readonly onChange: (fields: Fields) => void;
  readonly findings: readonly Finding[];
  readonly strictness: Strictness;
  /** Grows when the fields were replaced from outside: what keeps its own text starts over. */
  readonly generation: number;
}
