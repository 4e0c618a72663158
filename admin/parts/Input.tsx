import type { Ties } from './Field.tsx';

export interface InputProps extends Ties {
  readonly type: 'text' | 'tel' | 'search' | 'number' | 'password';
  readonly value: string;
  readonly max: number | undefined;
  readonly disabled: boolean | undefined;
  readonly autocomplete: 'username' | 'current-password' | 'new-password' | 'off';
  readonly onChange: (value: string) => void;
}

/** One line of text. Preact types each `type` of input apart, so each is written. */
export function Input({ type, max, onChange, ...props }: InputProps) {
  const shared = {
    ...props,
    class: 'input',
    maxLength: max,
    onInput: (event: { readonly currentTarget: HTMLInputElement }) =>
      onChange(event.currentTarget.value),
  };
  switch (type) {
    case 'text':
      return <input {...shared} type="text" />;
    case 'tel':
      return <input {...shared} type="tel" />;
    case 'search':
      return <input {...shared} type="search" />;
    case 'number':
      return <input {...shared} type="number" />;
    case 'password':
      return <input {...shared} type="password" />;
  }
}
