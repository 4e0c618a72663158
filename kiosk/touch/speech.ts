import { signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';

/** Reads aloud, a sentence at a time. */
export interface Speech {
  /** Ends any earlier speech. `progressed` is called after each sentence, `done` after the last. */
  speak(text: string, told: { readonly progressed: () => void; readonly done: () => void }): void;
  stop(): void;
}

/**
 * The box's own Chinese voice, once it has said that it has one. A voice that lives on some server
 * would be silent exactly when the line is cut, so it does not count.
 */
export function browserSpeech(): ReadonlySignal<Speech | undefined> {
  const speech = signal<Speech | undefined>(undefined);
  if (!('speechSynthesis' in window)) return speech;
  const look = () => {
    const voices = speechSynthesis.getVoices();
    const voice = voices.find(
      ({ lang, localService }) => localService && /^(?:zh|cmn)\b/i.test(lang),
    );
    speech.value = voice === undefined ? undefined : speechWith(voice);
  };
  speechSynthesis.addEventListener('voiceschanged', look);
  look();
  return speech;
}

function speechWith(voice: SpeechSynthesisVoice): Speech {
  let turn = 0;
  const stop = () => {
    turn += 1;
    speechSynthesis.cancel();
  };
  return {
    stop,
    speak(text, { progressed, done }) {
      stop();
      const mine = turn;
      // Chromium gives up on utterances of more than some fifteen seconds.
      const sentences = text
        .split(/(?<=[。！？；\n])/u)
        .filter((sentence) => sentence.trim() !== '');
      const next = (): void => {
        const sentence = sentences.shift();
        if (turn !== mine) return;
        if (sentence === undefined) return done();
        const utterance = new SpeechSynthesisUtterance(sentence);
        utterance.voice = voice;
        utterance.lang = voice.lang;
        utterance.rate = 0.9;
        utterance.addEventListener('end', () => {
          progressed();
          next();
        });
        utterance.addEventListener('error', () => {
          if (turn === mine) done();
        });
        speechSynthesis.speak(utterance);
      };
      next();
    },
  };
}
