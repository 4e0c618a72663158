import { isInvisible } from '../../shared/domain/cells.ts';
import { readDotFont, type DotFont } from './dot-font.ts';
import commonUrl from './generated/common.dots?url';
import restUrl from './generated/rest.dots?url';

export interface LoadedDotFont extends DotFont {
  /** Fetches the rare characters when a text needs one; call it before the text is due. */
  cover(text: string): Promise<void>;
}

/** The dot font of the LED boards; rejects when its file cannot be read. */
export async function loadDotFont(): Promise<LoadedDotFont> {
  const common = await fetchPart(commonUrl);
  let font = readDotFont([common]);
  let rest: Promise<void> | undefined;
  const loadRest = async () => {
    try {
      font = readDotFont([common, await fetchPart(restUrl)]);
    } catch (error) {
      rest = undefined; // The next text that needs it asks again.
      throw error;
    }
  };
  return {
    glyph: (codePoint) => font.glyph(codePoint),
    cover: async (text) => {
      if (lacks(font, text)) await (rest ??= loadRest());
    },
  };
}

function lacks(font: DotFont, text: string): boolean {
  for (const character of text) {
    const codePoint = character.codePointAt(0) ?? 0;
    if (!isInvisible(codePoint) && font.glyph(codePoint) === undefined) return true;
  }
  return false;
}

async function fetchPart(url: string): Promise<ArrayBuffer> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`dot font: ${response.status} for ${url}`);
  return response.arrayBuffer();
}
