import { useEffect, useState } from 'preact/hooks';
import type { TechnicianWords } from '../words/technician-zh.ts';
import { QrCode } from './QrCode.tsx';

/** How the receipt goes back: written beside the stick's file, or by other hands. */
export interface Delivered {
  readonly how: 'written' | 'unwritten' | 'handed';
  readonly name: string;
}

export function Receipt(props: {
  readonly text: string;
  readonly delivered: Delivered;
  readonly words: TechnicianWords;
}) {
  const { text, delivered, words } = props;
  if (delivered.how === 'written') return <p>{words.written(delivered.name)}</p>;
  return (
    <section class="technician-receipt" aria-label={words.receipt}>
      <p>{delivered.how === 'unwritten' ? words.unwritten : words.handed}</p>
      <SaveLink text={text} name={delivered.name}>
        {words.download}
      </SaveLink>
      <figure>
        <QrCode text={text} label={words.scan} />
        <figcaption>{words.scan}</figcaption>
      </figure>
    </section>
  );
}

function SaveLink(props: {
  readonly text: string;
  readonly name: string;
  readonly children: string;
}) {
  const { text } = props;
  const [address, setAddress] = useState('');
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [text]);
  return (
    <a href={address} download={props.name}>
      {props.children}
    </a>
  );
}
