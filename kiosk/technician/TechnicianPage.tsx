import type { Signal } from '@preact/signals';
import { useSignal } from '@preact/signals';
import type { BrowserScreen } from '../device/screen.ts';
import { technicianEn } from '../words/technician-en.ts';
import type { TechnicianWords } from '../words/technician-zh.ts';
import { technicianZh } from '../words/technician-zh.ts';
import { Facts } from './Facts.tsx';
import { canChooseFolders, chooseFolder, stickIn, writeInto } from './folder.ts';
import type { State } from './Outcome.tsx';
import { Outcome } from './Outcome.tsx';
import { stampOf } from './stamp.ts';
import { receiptName, take } from './taking.ts';

/** [SK3] [SK7] Choose a stick's file, hear what became of it, take the receipt back. */
export function TechnicianPage(props: {
  readonly screen: BrowserScreen;
  /** Something goes on without anybody touching the page. */
  readonly onUsed: () => void;
  readonly onClose: () => void;
}) {
  const { screen, onUsed, onClose } = props;
  const state = useSignal<State>({ state: 'waiting' });
  const dictionary = useSignal(technicianZh);
  const words = dictionary.value;
  return (
    <article class="technician-page" lang={words.language}>
      <header class="technician-head">
        <h1>{words.title}</h1>
        <button
          type="button"
          class="technician-quiet"
          onClick={() => {
            dictionary.value = words === technicianZh ? technicianEn : technicianZh;
          }}
        >
          {words.other}
        </button>
      </header>
      <Facts screen={screen} words={words} />
      <section class="technician-take">
        <h2>{words.ask}</h2>
        <p>{words.explain}</p>
        <Choices
          words={words}
          busy={state.value.state === 'reading'}
          onFile={(file) => void takeFile(screen, state, onUsed, file)}
          onFolder={() => void takeFromFolder(screen, state, onUsed)}
        />
      </section>
      <Outcome state={state.value} words={words} />
      <button type="button" class="technician-quiet" onClick={onClose}>
        {words.close}
      </button>
    </article>
  );
}

function Choices(props: {
  readonly words: TechnicianWords;
  readonly busy: boolean;
  readonly onFile: (file: File) => void;
  readonly onFolder: () => void;
}) {
  const { words, busy, onFile, onFolder } = props;
  return (
    <div class="technician-choices">
      {canChooseFolders() && (
        <button type="button" disabled={busy} onClick={onFolder}>
          {words.folder}
        </button>
      )}
      <label class="technician-file" data-busy={busy}>
        {words.file}
        <input
          type="file"
          accept=".ohs"
          disabled={busy}
          onChange={({ currentTarget }) => {
            const [file] = currentTarget.files ?? [];
            if (file !== undefined) onFile(file);
            // The same file may be chosen again after it was put right.
            currentTarget.value = '';
          }}
        />
      </label>
    </div>
  );
}

async function takeFromFolder(
  screen: BrowserScreen,
  state: Signal<State>,
  onUsed: () => void,
): Promise<void> {
  const folder = await chooseFolder();
  const file =
    folder === undefined
      ? ({ ok: false, refusal: 'no-folder' } as const)
      : await stickIn(folder, screen.bench.id);
  if (file.ok) await takeFile(screen, state, onUsed, file.value, folder);
  else state.value = { state: 'refused', why: file.refusal };
}

async function takeFile(
  screen: BrowserScreen,
  state: Signal<State>,
  onUsed: () => void,
  file: File,
  folder?: FileSystemDirectoryHandle,
): Promise<void> {
  state.value = { state: 'reading', bytes: 0 };
  const took = await take(screen.bench, file, (bytes) => {
    onUsed();
    state.value = { state: 'reading', bytes };
  });
  onUsed();
  if (!took.ok) {
    state.value = { state: 'refused', why: took.refusal };
    return;
  }
  const name = receiptName(screen.bench.id, stampOf(screen));
  const written = folder !== undefined && (await writeInto(folder, name, took.value.receipt));
  const how = written ? 'written' : folder === undefined ? 'handed' : 'unwritten';
  state.value = { state: 'taken', took: took.value, delivered: { how, name } };
}
