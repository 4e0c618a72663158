import { markedRuns } from './marked-runs.ts';

/** A changed text: what was taken out is struck through, what was put in is underlaid. */
export function MarkedText({ before, after }: { readonly before: string; readonly after: string }) {
  return (
    <>
      {markedRuns(before, after).map(({ kind, text }, index) => {
        if (kind === 'removed') return <del key={index}>{text}</del>;
        return kind === 'added' ? <ins key={index}>{text}</ins> : text;
      })}
    </>
  );
}
