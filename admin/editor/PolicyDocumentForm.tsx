import type { PolicyDocumentFields } from '../../shared/records/policy-document.ts';
import { DOCUMENT_GENRES, VALIDITIES } from '../../shared/records/policy-document.ts';
import { Select, TextArea, TextField } from '../parts/inputs.tsx';
import { words } from '../words/words.ts';
import { CarriersField } from './CarriersField.tsx';
import { DateField } from './DateField.tsx';
import { DepartmentField } from './DepartmentField.tsx';
import { IssuersField } from './IssuersField.tsx';
import { More } from './More.tsx';
import type { FormProps } from './NoticeForm.tsx';
import { PartsField } from './PartsField.tsx';
import { isBlocked, remarksFor } from './remarks.ts';

const UNDER_MORE = ['post', 'phone', 'summary', 'publishedOn', 'topic', 'remark', 'carriers'];

export function PolicyDocumentForm(props: FormProps<PolicyDocumentFields>) {
  const { fields, onChange, findings, strictness, generation } = props;
  const w = words.value.fields;
  const remarks = remarksFor(findings, strictness);
  const set = (changed: Partial<PolicyDocumentFields>) => onChange({ ...fields, ...changed });
  return (
    <div class="form">
      <TextArea
        label={w.title}
        rows={2}
        max={200}
        value={fields.title}
        remarks={remarks('title')}
        onChange={(title) => set({ title: title.replaceAll('\n', '') })}
      />
      <div class="form-pair">
        <IssuersField
          key={generation}
          value={fields.issuers}
          remarks={remarks('issuers')}
          onChange={(issuers) => set({ issuers })}
        />
        <TextField
          label={w.docNo}
          optional
          max={60}
          value={fields.docNo}
          remarks={remarks('docNo')}
          onChange={(docNo) => set({ docNo })}
        />
      </div>
      <div class="form-triple">
        <DateField
          label={w.madeOn}
          value={fields.madeOn}
          remarks={remarks('madeOn')}
          onChange={(madeOn) => set({ madeOn })}
        />
        <Select
          label={w.genre}
          value={fields.genre}
          options={DOCUMENT_GENRES.map((value) => ({ value, label: value }))}
          remarks={remarks('genre')}
          onChange={(genre) => set({ genre })}
        />
        <Select
          label={w.validity}
          value={fields.validity}
          options={VALIDITIES.map((value) => ({ value, label: value }))}
          remarks={remarks('validity')}
          onChange={(validity) => set({ validity })}
        />
      </div>
      <PartsField
        parts={fields.parts}
        generation={generation}
        remarks={remarks}
        onChange={(parts) => set({ parts })}
      />
      <DepartmentField
        value={fields.department}
        remarks={remarks('department')}
        onChange={(department) => set({ department })}
      />
      <More open={isBlocked(findings, strictness, UNDER_MORE)}>
        <MoreFields {...{ fields, set, remarks }} />
      </More>
    </div>
  );
}

function MoreFields(props: {
  readonly fields: PolicyDocumentFields;
  readonly set: (changed: Partial<PolicyDocumentFields>) => void;
  readonly remarks: ReturnType<typeof remarksFor>;
}) {
  const { fields, set, remarks } = props;
  const w = words.value.fields;
  return (
    <>
      <div class="form-pair">
        <TextField label={w.post} max={60} value={fields.post} remarks={remarks('post')} onChange={(post) => set({ post })} />
        <TextField
          label={w.phone}
          type="tel"
          max={40}
          value={fields.phone}
          remarks={remarks('phone')}
          onChange={(phone) => set({ phone })}
        />
      </div>
      <TextArea
        label={w.summary}
        optional
        rows={3}
        max={200}
        value={fields.summary}
        remarks={remarks('summary')}
        onChange={(summary) => set({ summary })}
      />
      <div class="form-pair">
        <DateField
          label={w.publishedOn}
          value={fields.publishedOn}
          remarks={remarks('publishedOn')}
          onChange={(publishedOn) => set({ publishedOn })}
        />
        <TextField
          label={w.topic}
          optional
          max={40}
          value={fields.topic}
          remarks={remarks('topic')}
          onChange={(topic) => set({ topic })}
        />
      </div>
      <TextArea
        label={w.remark}
        hint={w.remarkHint}
        optional
        rows={3}
        max={400}
        value={fields.remark}
        remarks={remarks('remark')}
        onChange={(remark) => set({ remark })}
      />
      <CarriersField value={fields.carriers} onChange={(carriers) => set({ carriers })} />
    </>
  );
}
