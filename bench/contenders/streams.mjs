/** Node streams that transform what is written into them. */

/** Writes as fast as the stream takes it; resolves when all that it gives has been handed on. */
export async function throughStream(stream, pieces, take) {
  const ended = new Promise((resolve, reject) => stream.on("end", resolve).on("error", reject));
  stream.on("data", take);
  for (const piece of pieces) {
    if (!stream.write(piece)) await new Promise((resolve) => stream.once("drain", resolve));
  }
  stream.end();
  await ended;
}
