import { unreachable } from '../../../shared/kit/assert.ts';
import type { Folded, SearchIndex } from './index.ts';
import { buildIndex, foldDocument, search } from './index.ts';
import { excerptOf } from './locate.ts';
import type { Found, FromWorker, ToWorker } from './messages.ts';

/** Search off the page's thread: it holds the documents, folded, and answers in the order asked. */
const documents = new Map<string, Folded>();
/** Keys of the list that is being handed over. */
let listed: string[] = [];
let index: SearchIndex = buildIndex([]);

self.addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
  switch (data.type) {
    case 'begin':
      listed = [];
      return answer({ type: 'taken' });
    case 'put':
      for (const document of data.documents) documents.set(document.key, foldDocument(document));
      for (const key of data.keys) listed.push(key);
      return answer({ type: 'taken' });
    case 'end':
      arrange(listed);
      return answer({ type: 'ready' });
    case 'find':
      return answer({ type: 'found', id: data.id, found: find(data.query, data.from, data.count) });
    default:
      return unreachable(data);
  }
});

function arrange(keys: readonly string[]): void {
  const kept = keys.flatMap((key) => documents.get(key) ?? []);
  documents.clear();
  for (const folded of kept) documents.set(folded.document.key, folded);
  index = buildIndex(kept);
}

function find(query: string, from: number, count: number): Found {
  const positions = search(index, query);
  const hits = [...positions.subarray(from, from + count)].flatMap((position) => {
    const document = index.documents[position];
    return document === undefined
      ? []
      : [{ key: document.key, excerpt: excerptOf(document.text, query) }];
  });
  return { query, total: positions.length, hits };
}

function answer(message: FromWorker): void {
  self.postMessage(message, { transfer: [] });
}
