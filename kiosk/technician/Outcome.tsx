import { useEffect, useRef } from 'preact/hooks';
import type { TechnicianTrouble, TechnicianWords } from '../words/technician-zh.ts';
import type { Delivered } from './Receipt.tsx';
import { Receipt } from './Receipt.tsx';
import type { Took } from './taking.ts';

/** How far it has come with a file. */
export type State =
  | { readonly state: 'waiting' }
  | { readonly state: 'reading'; readonly bytes: number }
  | { readonly state: 'refused'; readonly why: TechnicianTrouble }
  | { readonly state: 'taken'; readonly took: Took; readonly delivered: Delivered };

/** Says what became of it, to the eye and to whoever listens. */
export function Outcome(props: { readonly state: State; readonly words: TechnicianWords }) {
  const { state, words } = props;
  const place = useRef<HTMLOutputElement>(null);
  useEffect(() => {
    if (state.state === 'refused' || state.state === 'taken') place.current?.focus();
  }, [state.state]);
  return (
    <output ref={place} class="technician-outcome" tabIndex={-1}>
      {said(state, words)}
    </output>
  );
}

function said(state: State, words: TechnicianWords) {
  switch (state.state) {
    case 'waiting':
      return null;
    case 'reading':
      return <p>{words.reading((state.bytes / 1e6).toFixed(1))}</p>;
    case 'refused':
      return (
        <p class="technician-bad" data-why={state.why}>
          {words.troubles[state.why]}
        </p>
      );
    case 'taken':
      return (
        <>
          <p class="technician-good">{words.taken[state.took.how]}</p>
          <Receipt text={state.took.receipt} delivered={state.delivered} words={words} />
        </>
      );
  }
}
