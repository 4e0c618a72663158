/** One WebSocket frame (RFC 6455 §5.2) below 64 KB; masks of zeros leave text as it is. */
export interface Frame {
  readonly opcode: number;
  readonly payload: Buffer;
  /** Of the frame whole. */
  readonly bytes: number;
}

export function readFrame(bytes: Buffer): Frame | undefined {
  if (bytes.length < 2) return undefined;
  const second = bytes.readUInt8(1);
  const short = second & 127;
  const header = (short === 126 ? 4 : 2) + (second > 127 ? 4 : 0);
  if (bytes.length < header) return undefined;
  const length = short === 126 ? bytes.readUInt16BE(2) : short;
  if (bytes.length < header + length) return undefined;
  const payload = bytes.subarray(header, header + length);
  return { opcode: bytes.readUInt8(0) & 15, payload, bytes: header + length };
}

export function textFrame(text: string, masked: boolean): Buffer {
  const payload = Buffer.from(text);
  const mask = masked ? 128 : 0;
  const header =
    payload.length < 126
      ? [129, mask | payload.length]
      : [129, mask | 126, payload.length >> 8, payload.length & 255];
  return Buffer.concat([Buffer.from(header), Buffer.alloc(masked ? 4 : 0), payload]);
}

/** Hands on the frames in what arrives, in order, and keeps what is not whole yet. */
export function createFrameReader(hear: (frame: Frame) => void): (bytes: Buffer) => void {
  let waiting: Buffer = Buffer.alloc(0);
  return (bytes) => {
    waiting = waiting.length === 0 ? bytes : Buffer.concat([waiting, bytes]);
    for (let frame = readFrame(waiting); frame !== undefined; frame = readFrame(waiting)) {
      waiting = waiting.subarray(frame.bytes);
      hear(frame);
    }
  };
}
