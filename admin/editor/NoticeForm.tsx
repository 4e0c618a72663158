import type { NoticeFields } from '../../shared/records/notice.ts';
import { NOTICE_CATEGORIES } from '../../shared/records/notice.ts';
import { Select, TextArea, TextField } from '../parts/inputs.tsx';
import { words } from '../words/words.ts';
import { CarriersField } from './CarriersField.tsx';
import { DateField } from './DateField.tsx';
import { DepartmentField } from './DepartmentField.tsx';
import type { FormProps } from './form-props.ts';
import { bindFields } from './form-props.ts';
import { InstantField } from './InstantField.tsx';
import { More } from './More.tsx';
import { isBlocked } from './remarks.ts';
import { RichTextField } from './RichTextField.tsx';

const UNDER_MORE = ['issuer', 'post', 'summary', 'docNo', 'madeOn', 'carriers'];

/** Eight fields; the rest is filled in for most notices and waits under 更多. */
export function NoticeForm(props: FormProps<NoticeFields>) {
  const { fields, generation } = props;
  const { text, remarks, set } = bind(props);
  const w = words.value.fields;
  return (
    <div class="form">
      <TextField {...text('title')} max={100} />
      <div class="form-pair">
        <Select
          label={w.category}
          value={fields.category}
          options={NOTICE_CATEGORIES.map((value) => ({ value, label: value }))}
          remarks={remarks('category')}
          onChange={(category) => set({ category })}
        />
        <TextField {...text('phone')} type="tel" max={40} />
      </div>
      <RichTextField
        key={generation}
        label={w.body}
        value={fields.body}
        remarks={remarks('body')}
        onChange={(body) => set({ body })}
      />
      <TextArea {...text('ledText')} hint={w.ledHint} rows={3} max={400} />
      <Validity {...props} />
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

function Validity(props: FormProps<NoticeFields>) {
  const { fields, generation } = props;
  const { remarks, set } = bind(props);
  const w = words.value.fields;
  return (
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
  );
}

function MoreFields(props: FormProps<NoticeFields>) {
  const { text, remarks, set } = bind(props);
  return (
    <>
      <div class="form-pair">
        <TextField {...text('issuer')} max={60} />
        <TextField {...text('post')} max={60} />
      </div>
      <TextArea {...text('summary')} optional rows={2} max={200} />
      <div class="form-pair">
        <TextField {...text('docNo')} optional max={60} />
        <DateField
          label={words.value.fields.madeOn}
          value={props.fields.madeOn}
          remarks={remarks('madeOn')}
          onChange={(madeOn) => set({ madeOn })}
        />
      </div>
      <CarriersField value={props.fields.carriers} onChange={(carriers) => set({ carriers })} />
    </>
  );
}

type TextName = 'title' | 'phone' | 'ledText' | 'issuer' | 'post' | 'summary' | 'docNo';

const bind = bindFields<TextName, NoticeFields>;
