import { previewMessage } from '../../shared/protocol/preview.ts';
import type { PreviewMessage } from '../../shared/protocol/preview.ts';
import type { Stage } from '../stage/stage.ts';
import { fitToWindow } from '../board/fit.ts';
import { clocks } from '../device/clocks.ts';
import type { Draw } from './board-preview.ts';
import { prepareBoard, preparePage, stageFor } from './board-preview.ts';
import { showRecord } from './touch-preview.tsx';
import '../board/board.css';

/** Draws what the console sends. The only page that takes messages, and only from its parent. */
function listen(place: HTMLElement): void {
  let turn = 0;
  addEventListener('message', (event: MessageEvent<unknown>) => {
    if (event.source !== window.parent) return;
    const message = previewMessage.safeParse(event.data);
    if (!message.success) return;
    turn += 1;
    const mine = turn;
    show(place, message.data, () => mine === turn).catch((error: unknown) => reportError(error));
  });
  window.parent.postMessage({ v: 1, ready: true }, '*');
}

let staged: Stage | undefined;

async function show(
  place: HTMLElement,
  message: PreviewMessage,
  current: () => boolean,
): Promise<void> {
  if (message.kind === 'touch') {
    document.body.className = '';
    return showRecord(place, message);
  }
  document.body.className = 'board-page';
  if (staged?.profile.id !== message.profile) staged = await stageFor(message.profile);
  const stage = staged;
  if (stage === undefined || !current()) return;
  const now = clocks.wall();
  const draw =
    message.kind === 'pages'
      ? await preparePage(stage, message, now)
      : await prepareBoard(stage, message);
  if (!current()) return;
  put(place, stage);
  run(draw, message.kind === 'pages' ? { t: now, running: true } : message, current);
}

function put(place: HTMLElement, stage: Stage): void {
  if (place.firstChild === stage.element) return;
  place.replaceChildren(stage.element);
  // The console shows frames smaller than they are: kept hard, whole rows of dots would go missing.
  for (const canvas of place.querySelectorAll('canvas')) canvas.style.imageRendering = 'auto';
  fitToWindow(place, stage.profile);
}

/** Draws at `t`, then lets time run from there, until another message comes. */
function run(
  draw: Draw,
  message: { readonly t: number; readonly running: boolean },
  current: () => boolean,
): void {
  const startedAt = performance.now();
  const step = () => {
    if (!current()) return;
    const t = message.t + (message.running ? performance.now() - startedAt : 0);
    const until = draw(t);
    if (message.running && until < Infinity) setTimeout(step, Math.max(0, until - t));
  };
  step();
}

const place = document.getElementById('root');
if (place === null) throw new Error('broken assumption: preview.html has no #root');
listen(place);
