import type { PolicyDocumentFields } from '../../shared/records/policy-document.ts';
import { DOCUMENT_GENRES, VALIDITIES } from '../../shared/records/policy-document.ts';
import { Select, TextArea, TextField } from '../parts/inputs.tsx';
import { words } from '../words/words.ts';
import { CarriersField } from './CarriersField.tsx';
import { DateField } from './DateField.tsx';
import { DepartmentField } from './DepartmentField.tsx';
import type { FormProps } from './form-props.ts';
import { bindFields } from './form-props.ts';
import { IssuersField } from './IssuersField.tsx';
import { More } from './More.tsx';
import { PartsField } from './PartsField.tsx';
import { isBlocked } from './remarks.ts';

const UNDER_MORE = ['post', 'phone', 'summary', 'publishedOn', 'topic', 'remark', 'carriers'];

/** Eight fields, the parts counted as one; the rest waits under 更多. */
export function PolicyDocumentForm(props: FormProps<PolicyDocumentFields>) {
  const { fields, generation } = props;
  const { text, remarks, set } = bind(props);
  return (
    <div class="form">
      <TextArea
        {...text('title')}
        rows={2}
        max={200}
        onChange={(title) => set({ title: title.replaceAll('\n', '') })}
      />
      <div class="form-pair">
        <IssuersField
          key={generation}
          value={fields.issuers}
          remarks={remarks('issuers')}
          onChange={(issuers) => set({ issuers })}
        />
        <TextField {...text('docNo')} optional max={60} />
      </div>
      <Nature {...props} />
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
      <More open={isBlocked(props.findings, props.strictness, UNDER_MORE)}>
        <MoreFields {...props} />
      </More>
    </div>
  );
}

function Nature(props: FormProps<PolicyDocumentFields>) {
  const { fields } = props;
  const { remarks, set } = bind(props);
  const w = words.value.fields;
  return (
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
  );
}

function MoreFields(props: FormProps<PolicyDocumentFields>) {
  const { text, remarks, set } = bind(props);
  const w = words.value.fields;
  return (
    <>
      <div class="form-pair">
        <TextField {...text('post')} max={60} />
        <TextField {...text('phone')} type="tel" max={40} />
      </div>
      <TextArea {...text('summary')} optional rows={3} max={200} />
      <div class="form-pair">
        <DateField
          label={w.publishedOn}
          value={props.fields.publishedOn}
          remarks={remarks('publishedOn')}
          onChange={(publishedOn) => set({ publishedOn })}
        />
        <TextField {...text('topic')} optional max={40} />
      </div>
      <TextArea {...text('remark')} hint={w.remarkHint} optional rows={3} max={400} />
      <CarriersField value={props.fields.carriers} onChange={(carriers) => set({ carriers })} />
    </>
  );
}

type TextName = 'title' | 'docNo' | 'post' | 'phone' | 'summary' | 'topic' | 'remark';

const bind = bindFields<TextName, PolicyDocumentFields>;
