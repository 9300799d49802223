/** What loads are given. */

export const utf8 = (text) => new TextEncoder().encode(text);

/** Bytes in pieces of this size. */
export function bytesInto(bytes, size) {
  const pieces = [];
  for (let at = 0; at < bytes.length; at += size) pieces.push(bytes.slice(at, at + size));
  return pieces;
}

/** A web stream of these items. */
export function streamOf(items) {
  const left = [...items];
  return new ReadableStream({
    pull(controller) {
      if (left.length === 0) controller.close();
      else controller.enqueue(left.shift());
    },
  });
}
