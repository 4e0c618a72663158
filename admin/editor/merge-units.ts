import type { RecordBody } from '../../shared/protocol/records.ts';
import { recordBody } from '../../shared/protocol/records.ts';
import type { PolicyDocumentFields } from '../../shared/records/policy-document.ts';
import type { RichText } from '../../shared/records/rich-text.ts';
import { say } from '../time/say.ts';
import type { Words } from '../words/zh.ts';

/** One thing of a record that is merged by itself; `key` is its path in the fields. */
export type Unit = { readonly key: string; readonly label: string } & Content;

type Content =
  | { readonly shape: 'text'; readonly value: string; readonly rows: number; readonly max: number }
  | { readonly shape: 'rich'; readonly value: RichText }
  | { readonly shape: 'list'; readonly value: readonly string[]; readonly said: Said }
  | { readonly shape: 'parts'; readonly value: PolicyDocumentFields['parts'] }
  /** Chosen, not written: a category, a date. */
  | { readonly shape: 'chosen'; readonly value: string | number | null; readonly said: string };

type Said = (values: readonly string[]) => string;

/**
 * The units of a body in the order of the form.
 *
 * @param split whether the parts of a document are merged one by one, which needs as many in each
 */
export function unitsOf(body: RecordBody, w: Words, split: boolean): readonly Unit[] {
  const { fields: f } = w;
  const carriers = body.fields.carriers;
  const last = list('carriers', f.carriers, carriers, (values) =>
    values.map((name) => (name === 'board' ? f.board : f.touch)).join(w.list),
  );
  const { department, post, phone } = body.fields;
  const owner = [
    text('department', f.department, department, 60),
    text('post', f.post, post, 60),
    text('phone', f.phone, phone, 40),
  ];
  switch (body.kind) {
    case 'notice': {
      const { fields } = body;
      return [
        text('title', f.title, fields.title, 100),
        chosen('category', f.category, fields.category, fields.category),
        { key: 'body', label: f.body, shape: 'rich', value: fields.body },
        text('ledText', f.ledText, fields.ledText, 400, 3),
        chosen('validFrom', f.validFrom, fields.validFrom, when(fields.validFrom, w)),
        chosen('validUntil', f.validUntil, fields.validUntil, when(fields.validUntil, w)),
        text('issuer', f.issuer, fields.issuer, 60),
        ...owner,
        text('summary', f.summary, fields.summary, 200, 3),
        text('docNo', f.docNo, fields.docNo, 60),
        chosen('madeOn', f.madeOn, fields.madeOn, fields.madeOn ?? w.common.none),
        last,
      ];
    }
    case 'policy-document': {
      const { fields } = body;
      return [
        text('title', f.title, fields.title, 200),
        list('issuers', f.issuers, fields.issuers, (values) => values.join(w.list)),
        text('docNo', f.docNo, fields.docNo, 60),
        chosen('madeOn', f.madeOn, fields.madeOn, fields.madeOn ?? w.common.none),
        chosen(
          'publishedOn',
          f.publishedOn,
          fields.publishedOn,
          fields.publishedOn ?? w.common.none,
        ),
        chosen('genre', f.genre, fields.genre, fields.genre),
        chosen('validity', f.validity, fields.validity, fields.validity),
        ...(split
          ? fields.parts.flatMap((part, index) => partUnits(part, index, w))
          : [{ key: 'parts', label: f.parts, shape: 'parts' as const, value: fields.parts }]),
        ...owner,
        text('summary', f.summary, fields.summary, 200, 3),
        text('topic', f.topic, fields.topic, 40),
        text('remark', f.remark, fields.remark, 400, 3),
        last,
      ];
    }
  }
}

function partUnits(
  { title, body }: PolicyDocumentFields['parts'][number],
  index: number,
  { fields: f }: Words,
): readonly Unit[] {
  const part = f.part(index + 1);
  return [
    text(`parts.${index}.title`, `${part} · ${f.title}`, title, 200),
    { key: `parts.${index}.body`, label: `${part} · ${f.body}`, shape: 'rich', value: body },
  ];
}

const text = (key: string, label: string, value: string, max: number, rows = 1): Unit => ({
  key,
  label,
  shape: 'text',
  value,
  rows,
  max,
});
const list = (key: string, label: string, value: readonly string[], said: Said): Unit => ({
  key,
  label,
  shape: 'list',
  value,
  said,
});
const chosen = (key: string, label: string, value: string | number | null, said: string): Unit => ({
  key,
  label,
  shape: 'chosen',
  value,
  said,
});
const when = (t: number | null, w: Words) => (t === null ? w.common.none : say.when(t));

/** How many parts a document has; other kinds have none. */
export function partsOf(body: RecordBody): number {
  return body.kind === 'policy-document' ? body.fields.parts.length : 0;
}

/** A body with these values at their paths; undefined when a record cannot hold them. */
export function bodyWith(
  body: RecordBody,
  values: ReadonlyMap<string, unknown>,
): RecordBody | undefined {
  const fields: Record<string, unknown> = { ...body.fields };
  const parts = body.kind === 'policy-document' ? body.fields.parts : [];
  for (const [key, value] of values) if (Object.hasOwn(fields, key)) fields[key] = value;
  if (body.kind === 'policy-document' && !values.has('parts')) {
    fields['parts'] = parts.map((part, index) => ({
      title: values.get(`parts.${index}.title`) ?? part.title,
      body: values.get(`parts.${index}.body`) ?? part.body,
    }));
  }
  const parsed = recordBody.safeParse({ kind: body.kind, fields });
  return parsed.success ? parsed.data : undefined;
}
