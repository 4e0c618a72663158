import type { NoticeFields } from '../../shared/records/notice.ts';
import { NOTICE_CATEGORIES } from '../../shared/records/notice.ts';
import type { Finding } from '../../shared/records/kind.ts';
import { Select, TextArea, TextField } from '../parts/inputs.tsx';
import { words } from '../words/words.ts';
import { CarriersField } from './CarriersField.tsx';
import { DepartmentField } from './DepartmentField.tsx';
import { InstantField } from './InstantField.tsx';
import { DateField } from './DateField.tsx';
import { More } from './More.tsx';
import type { Strictness } from './remarks.ts';
import { isBlocked, remarksFor } from './remarks.ts';
import { RichTextField } from './RichTextField.tsx';

export interface FormProps<Fields> {
  readonly fields: Fields;
  readonly onChange: (fields: Fields) => void;
  readonly findings: readonly Finding[];
  readonly strictness: Strictness;
  readonly generation: number;
}

/** Eight fields; the rest is filled in for most notices and waits under 更多. */
export function NoticeForm({ fields, onChange, findings, strictness, generation }: FormProps<NoticeFields>) {
  const w = words.value.fields;
  const remarks = remarksFor(findings, strictness);
  const set = (changed: Partial<NoticeFields>) => onChange({ ...fields, ...changed });
  return (
    <div class="form">
      <TextField
        label={w.title}
        value={fields.title}
        max={100}
        remarks={remarks('title')}
        onChange={(title) => set({ title })}
      />
      <div class="form-pair">
        <Select
          label={w.category}
          value={fields.category}
          options={NOTICE_CATEGORIES.map((value) => ({ value, label: value }))}
          remarks={remarks('category')}
          onChange={(category) => set({ category })}
        />
        <TextField
          label={w.phone}
          type="tel"
          value={fields.phone}
          max={40}
          remarks={remarks('phone')}
          onChange={(phone) => set({ phone })}
        />
      </div>
      <RichTextField
        key={generation}
        label={w.body}
        value={fields.body}
        remarks={remarks('body')}
        onChange={(body) => set({ body })}
      />
      <TextArea
        label={w.ledText}
        hint={w.ledHint}
        rows={3}
        max={400}
        value={fields.ledText}
        remarks={remarks('ledText')}
        onChange={(ledText) => set({ ledText })}
      />
      <div class="form-pair">
        <InstantField
          key={`from${generation}`}
          label={w.validFrom}
          value={fields.validFrom}
          remarks={remarks('validFrom')}
          optional
          onChange={(validFrom) => set({ validFrom })}
        />
        <InstantField
          key={`until${generation}`}
          label={w.validUntil}
          hint={w.validUntilHint}
          value={fields.validUntil}
          remarks={remarks('validUntil')}
          onChange={(validUntil) => set({ validUntil })}
        />
      </div>
      <DepartmentField
        value={fields.department}
        remarks={remarks('department')}
        onChange={(department) => set({ department })}
      />
      <More open={isBlocked(findings, strictness, ['issuer', 'post', 'summary', 'docNo', 'madeOn', 'carriers'])}>
        <div class="form-pair">
          <TextField
            label={w.issuer}
            value={fields.issuer}
            max={60}
            remarks={remarks('issuer')}
            onChange={(issuer) => set({ issuer })}
          />
          <TextField
            label={w.post}
            value={fields.post}
            max={60}
            remarks={remarks('post')}
            onChange={(post) => set({ post })}
          />
        </div>
        <TextArea
          label={w.summary}
          optional
          rows={2}
          max={200}
          value={fields.summary}
          remarks={remarks('summary')}
          onChange={(summary) => set({ summary })}
        />
        <div class="form-pair">
          <TextField
            label={w.docNo}
            optional
            value={fields.docNo}
            max={60}
            remarks={remarks('docNo')}
            onChange={(docNo) => set({ docNo })}
          />
          <DateField
            label={w.madeOn}
            value={fields.madeOn}
            remarks={remarks('madeOn')}
            onChange={(madeOn) => set({ madeOn })}
          />
        </div>
        <CarriersField value={fields.carriers} onChange={(carriers) => set({ carriers })} />
      </More>
    </div>
  );
}
