import { parseJson } from '../../shared/kit/json.ts';
import { payloadJson, parseEnvelope } from '../../shared/trust/envelope.ts';

/**
 * Every object name that a value could mean: in any text, and in the payloads of signed envelopes.
 * It does not know what the value is, so that nothing new that names objects must be told here.
 */
export function namesIn(value: unknown, found: Set<string> = new Set()): Set<string> {
  if (typeof value === 'string') addFromText(value, found);
  else if (typeof value === 'object' && value !== null) {
    for (const [key, member] of Object.entries(value)) {
      addFromText(key, found);
      namesIn(member, found);
    }
  }
  return found;
}

/** The same for what an object holds. */
export function namesInObject(bytes: Buffer, found: Set<string>): void {
  if (bytes.length <= TEXT_BYTES_MAX) namesIn(parseJson(bytes.toString('utf8')), found);
}

/** Objects of text are far smaller; media names nothing. */
const TEXT_BYTES_MAX = 4 << 20;

function addFromText(text: string, found: Set<string>): void {
  if (text.length < NAME_LENGTH) return;
  for (const [name] of text.matchAll(NAME)) found.add(name);
  if (!text.startsWith('{')) return;
  const envelope = parseEnvelope(text);
  if (envelope.ok) namesIn(payloadJson(envelope.value.payload), found);
}

const NAME_LENGTH = 64;
const NAME = /(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])/g;
