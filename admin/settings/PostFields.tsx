import { ROLES } from '../../shared/domain/policy.ts';
import { FieldGroup } from '../parts/Field.tsx';
import { Check, Select, TextField } from '../parts/inputs.tsx';
import { hall } from '../time/hall.ts';
import { words } from '../words/words.ts';
import type { PostFields } from './person-form.ts';

interface PostProps {
  readonly fields: PostFields;
  readonly onChange: (changed: Partial<PostFields>) => void;
}

/** Where a person belongs. */
export function PlaceInputs({ fields: { department, post }, onChange }: PostProps) {
  const w = words.value.settings;
  // A department that the hall no longer has stays to be seen until another is chosen.
  const departments = new Set([department, ...(hall.value?.departments ?? [])]);
  departments.delete('');
  return (
    <>
      <Select
        label={w.department}
        value={department}
        options={[...departments].map((value) => ({ value, label: value }))}
        onChange={(value) => onChange({ department: value })}
      />
      <TextField
        label={w.post}
        max={60}
        value={post}
        onChange={(value) => onChange({ post: value })}
      />
    </>
  );
}

/** What a person may do. */
export function RoleInputs(props: PostProps & { readonly disabled?: boolean }) {
  const { fields, onChange, disabled = false } = props;
  const { roles } = fields;
  const w = words.value.settings;
  return (
    <FieldGroup label={w.roles}>
      <div class="checks">
        {ROLES.map((role) => (
          <Check
            key={role}
            label={w.roleNames[role]}
            checked={roles.includes(role)}
            disabled={disabled}
            onChange={(on) =>
              onChange({ roles: on ? [...roles, role] : roles.filter((each) => each !== role) })
            }
          />
        ))}
      </div>
    </FieldGroup>
  );
}
