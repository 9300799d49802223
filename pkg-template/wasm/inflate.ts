/** Undoes the compression of what is inlined: base64 of the plain wasm would gzip a third larger. */
import { concatenated } from "../bytes.ts";
import { internalError } from "../errors.ts";

/**
 * Decompresses the zlib format. By the stream's own writer and reader: not every host that has the stream has a `Response`
 * or a `Blob` that can feed it.
 */
export async function inflate(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  if (typeof DecompressionStream === "undefined") throw internalError(TOO_OLD);
  const { readable, writable } = new DecompressionStream("deflate");
  const writer = writable.getWriter();
  const written = writer.write(bytes).then(() => writer.close());
  const [whole] = await Promise.all([collect(readable.getReader()), written]);
  return whole;
}

async function collect(
  reader: ReadableStreamDefaultReader<Uint8Array>,
): Promise<Uint8Array<ArrayBuffer>> {
  const pieces: Uint8Array[] = [];
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return concatenated(pieces);
    pieces.push(value);
  }
}

const TOO_OLD =
  "This host has no DecompressionStream (browsers since 2023 have it, Node since 18): import salesforce-bulk/slim, " +
  "and give init() the bytes of salesforce-bulk/salesforce_bulk.wasm.";
