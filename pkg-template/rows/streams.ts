/** Web streams of bytes, which ask for nothing before they are read. */
import { leftEarly } from "./iterators.ts";

/** Where bytes come from; undefined is the end. */
export interface ByteFeed {
  nextBytes(): Promise<Uint8Array<ArrayBuffer> | undefined>;
  stop(reason: unknown): void;
}

/** The bytes of a feed; `first` was read from it before. */
export function byteStream(
  feed: ByteFeed,
  first?: Uint8Array<ArrayBuffer>,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  let ready = first;
  return new ReadableStream(
    {
      async pull(controller) {
        const bytes = ready ?? (await feed.nextBytes());
        ready = undefined;
        if (bytes === undefined) controller.close();
        else controller.enqueue(bytes);
      },
      cancel(reason) {
        feed.stop(reason ?? leftEarly());
      },
    },
    { highWaterMark: 0 },
  );
}

/** All bytes of a feed as text. Not by a `Response`: some hosts put an error of their own in place of the feed's. */
export async function textOf(feed: Pick<ByteFeed, "nextBytes">): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for (;;) {
    const bytes = await feed.nextBytes();
    if (bytes === undefined) return text + decoder.decode();
    text += decoder.decode(bytes, { stream: true });
  }
}
