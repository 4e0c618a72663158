import type { Remark } from '../parts/Field.tsx';
import { Select } from '../parts/inputs.tsx';
import { onlyOwnDepartment, person } from '../session/session.ts';
import { hall } from '../time/hall.ts';
import { words } from '../words/words.ts';

/** 责任部门. [PO2] Who is held to their own department is offered no other. */
export function DepartmentField(props: {
  readonly value: string;
  readonly remarks: readonly Remark[];
  readonly onChange: (value: string) => void;
}) {
  const own = person.value?.department ?? '';
  const offered = onlyOwnDepartment('record.edit') ? [own] : (hall.value?.departments ?? []);
  const options = [...new Set([props.value, ...offered])];
  return (
    <Select
      label={words.value.fields.department}
      value={props.value}
      options={options.map((value) => ({ value, label: value }))}
      remarks={props.remarks}
      disabled={options.length === 1}
      onChange={props.onChange}
    />
  );
}
