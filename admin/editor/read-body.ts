import type { RichText } from '../../shared/records/rich-text.ts';
import { plainTextOf } from '../../shared/records/rich-text.ts';
import type { RecordBody } from '../../shared/protocol/records.ts';
import { say } from '../time/say.ts';
import type { Words } from '../words/zh.ts';

/** One field of a record in words, to be read. */
export interface Line {
  readonly label: string;
  readonly value: string;
  /** Text that deserves the whole width. */
  readonly long: boolean;
  /** The text with its structure, where it has one. */
  readonly rich?: RichText;
}

/** Every field as a person reads it, in the order of the form. */
export function readBody(body: RecordBody, w: Words): Line[] {
  const { fields: f } = w;
  const carriers = body.fields.carriers.map((carrier) => f[carrier]).join(w.list);
  const owner = [
    short(f.department, body.fields.department),
    short(f.post, body.fields.post),
    short(f.phone, body.fields.phone),
  ];
  switch (body.kind) {
    case 'notice': {
      const { fields } = body;
      return [
        short(f.title, fields.title),
        short(f.category, fields.category),
        rich(f.body, fields.body),
        long(f.ledText, fields.ledText),
        short(f.validFrom, when(fields.validFrom)),
        short(f.validUntil, when(fields.validUntil)),
        short(f.issuer, fields.issuer),
        ...owner,
        long(f.summary, fields.summary),
        short(f.docNo, fields.docNo),
        short(f.madeOn, fields.madeOn ?? ''),
        short(f.carriers, carriers),
      ];
    }
    case 'policy-document': {
      const { fields } = body;
      return [
        short(f.title, fields.title),
        short(f.issuers, fields.issuers.join(w.list)),
        short(f.docNo, fields.docNo),
        short(f.madeOn, fields.madeOn ?? ''),
        short(f.publishedOn, fields.publishedOn ?? ''),
        short(f.genre, fields.genre),
        short(f.validity, fields.validity),
        ...fields.parts.flatMap((part, index) => [
          short(`${f.part(index + 1)} · ${f.title}`, part.title),
          rich(`${f.part(index + 1)} · ${f.body}`, part.body),
        ]),
        ...owner,
        long(f.summary, fields.summary),
        short(f.topic, fields.topic),
        long(f.remark, fields.remark),
        short(f.carriers, carriers),
      ];
    }
  }
}

const short = (label: string, value: string): Line => ({ label, value, long: false });
const long = (label: string, value: string): Line => ({ label, value, long: true });
const rich = (label: string, text: RichText): Line => ({
  label,
  value: plainTextOf(text),
  long: true,
  rich: text,
});
const when = (t: number | null) => (t === null ? '' : say.when(t));
