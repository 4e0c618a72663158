import type { Browser } from 'playwright-core';
import { parseJson } from '../../../shared/kit/json.ts';
import { report as reportSchema } from '../../../shared/protocol/report.ts';
import { parseEnvelope, payloadJson } from '../../../shared/trust/envelope.ts';
import { moment } from './moments.ts';

/** A board in a real browser, watched from outside: what its signed reports say. */
export interface BoardPage {
  /** The moment at which it told the server that this version stands on the glass. */
  painted(version: number, showing: string): Promise<number>;
}

export async function openBoardPage(browser: Browser, address: string): Promise<BoardPage> {
  const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
  const told = new Map<string, number>();
  let waiting: { readonly what: string; readonly resolve: (at: number) => void } | undefined;
  const settle = (): void => {
    const at = waiting && told.get(waiting.what);
    if (at !== undefined) waiting?.resolve(at);
  };
  page.on('websocket', (socket) => {
    socket.on('framesent', ({ payload }) => {
      const text = /^42\/screens,\d*(\["report".*)$/s.exec(String(payload))?.[1];
      const what = text === undefined ? undefined : paintedIn(text);
      if (what === undefined || told.has(what)) return;
      told.set(what, moment());
      settle();
    });
  });
  await page.goto(address);
  return {
    painted: (version, showing) =>
      new Promise((resolve) => {
        waiting = { what: `${version} ${showing}`, resolve };
        settle();
      }),
  };
}

/** The version painted and the item on the glass, from a `report` message. */
function paintedIn(message: string): string {
  const [, body] = parseJson(message) as [string, { readonly report: string }];
  const envelope = parseEnvelope(body.report);
  const { channels, showing } = reportSchema.parse(
    envelope.ok && payloadJson(envelope.value.payload),
  );
  return `${channels[0]?.painted?.version} ${showing}`;
}
