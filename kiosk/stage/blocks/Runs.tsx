import type { Run } from '../../../shared/records/block.ts';

/** Text with its emphasis; a line feed is a break that the editor made. */
export function Runs({ runs }: { readonly runs: readonly Run[] }) {
  return runs.map(({ text, strong }, index) =>
    strong ? (
      <strong key={index}>
        <Lines text={text} />
      </strong>
    ) : (
      <Lines key={index} text={text} />
    ),
  );
}

function Lines({ text }: { readonly text: string }) {
  return text.split('\n').map((line, index) => (index === 0 ? line : [<br key={index} />, line]));
}
