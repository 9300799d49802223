/** Undoes the compression of what is inlined: base64 of the plain wasm would gzip a third larger. */
import { internalError } from "../errors.ts";

/**
 * @param {Uint8Array<ArrayBuffer>} bytes in the zlib format
 * @returns {Promise<ArrayBuffer>}
 */
export async function inflate(bytes) {
  if (typeof DecompressionStream === "undefined") throw internalError(TOO_OLD);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Response(stream).arrayBuffer();
}

const TOO_OLD =
  "This host has no DecompressionStream (browsers since 2023 have it, Node since 18): import salesforce-bulk/slim, " +
  "and give init() the bytes of salesforce-bulk/salesforce_bulk.wasm.";
