import { CARRIERS } from '../../shared/domain/release.ts';
import type { Carrier } from '../../shared/domain/release.ts';
import { FieldGroup } from '../parts/Field.tsx';
import { Check } from '../parts/inputs.tsx';
import { words } from '../words/words.ts';

/** Where it may be seen; the last one left cannot be taken away. */
export function CarriersField(props: {
  readonly value: readonly Carrier[];
  readonly onChange: (value: Carrier[]) => void;
}) {
  const w = words.value.fields;
  return (
    <FieldGroup label={w.carriers}>
      <div class="checks">
        {CARRIERS.map((carrier) => {
          const checked = props.value.includes(carrier);
          return (
            <Check
              key={carrier}
              label={w[carrier]}
              checked={checked}
              disabled={checked && props.value.length === 1}
              onChange={(on) =>
                props.onChange(
                  CARRIERS.filter((each) => (each === carrier ? on : props.value.includes(each))),
                )
              }
            />
          );
        })}
      </div>
    </FieldGroup>
  );
}
