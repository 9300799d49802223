/** Reading iterators and streams to their end. */

/** All that an iterator gives. */
export async function readAll(iterable) {
  const all = [];
  for await (const one of iterable) all.push(one);
  return all;
}

/** A stream of bytes as text. */
export async function joined(stream) {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true, fatal: true });
  let text = "";
  for await (const bytes of stream) text += decoder.decode(bytes, { stream: true });
  return text + decoder.decode();
}
