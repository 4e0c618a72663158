import { useMemo } from 'preact/hooks';
import { Editor } from '../editor/Editor.tsx';
import { person } from '../session/session.ts';
import { words } from '../words/words.ts';
import type { BodyKind } from './body.ts';
import { blankBody } from './body.ts';

export function NewRecordPage({ kind }: { readonly kind: BodyKind }) {
  const by = person.value;
  const fresh = useMemo(() => (by === null ? null : blankBody(kind, by)), [kind, by?.person.id]);
  const w = words.value.editor;
  if (fresh === null) return null;
  return (
    <section class="page page-wide">
      <header class="page-head">
        <h1>{kind === 'notice' ? w.createNotice : w.createDocument}</h1>
      </header>
      <Editor fresh={fresh} latest={null} />
    </section>
  );
}
