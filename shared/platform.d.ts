// What every runtime of this project has beside ECMAScript itself, and nothing more: shared/ is
// checked without the DOM and without Node, so a name missing here is a port, not an oversight.

declare class TextEncoder {
  encode(text: string): Uint8Array<ArrayBuffer>;
}

declare class TextDecoder {
  constructor(label?: 'utf-8', options?: { fatal?: boolean; ignoreBOM?: boolean });
  decode(bytes: Uint8Array): string;
}

declare function btoa(binary: string): string;
declare function atob(base64: string): string;
