/** A row of a `facts` block; what is missing is said, not left out. */
export function fact(label: string, value: string, whenMissing: string) {
  const missing = value.trim() === '';
  return { label, value: missing ? whenMissing : value, missing };
}

/** The beginning of a text in one line, with an ellipsis when something is cut. */
export function excerpt(text: string, max: number): string {
  const line = text.trim().replaceAll(/\s*\n\s*/g, ' ');
  const characters = [...line];
  return characters.length <= max ? line : `${characters.slice(0, max - 1).join('')}…`;
}

/** `null` for a text that says nothing. */
export const orNull = (text: string): string | null => (text.trim() === '' ? null : text);
