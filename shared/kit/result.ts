/** An expected outcome: success with a value, or a refusal from a closed list. */
export type Result<Value, Refusal extends string> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly refusal: Refusal; readonly detail?: string };

export function accepted<Value>(value: Value): { readonly ok: true; readonly value: Value } {
  return { ok: true, value };
}

/** `detail` says what and where for logs; the sentences people read are chosen by `refusal`. */
export function refused<Refusal extends string>(
  refusal: Refusal,
  detail?: string,
): { readonly ok: false; readonly refusal: Refusal; readonly detail?: string } {
  return detail === undefined ? { ok: false, refusal } : { ok: false, refusal, detail };
}
