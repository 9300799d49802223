/** Rows and bytes that come by one operation, lazily: the common frame of all that is read. */

import { Task } from "../task/task.ts";
import { Feed } from "./feed.ts";
import { byteStream, Rows } from "./rows.ts";

/**
 * The rows of the readers that `make(operation, task)` gives: one reader, made when it is first read.
 *
 * @param {import("../client/client.ts").Client} client
 * @param {object} options of a Task, and `empty`
 * @param {(operation: import("#glue").Operation) => import("#glue").Reader} make
 * @param {(json: string) => object[]} [parse] where JSON is not to be stripped of `attributes`
 */
export function rowsOf(client, options, make, parse) {
  return new Rows(feedOf(client, options, make, parse));
}

/** The same as a stream of bytes. */
export function bytesOf(client, options, make) {
  return byteStream(feedOf(client, options, make));
}

export function feedOf(client, options, make, parse) {
  return new Feed(
    () => {
      const task = new Task(client, options);
      options.onBegin?.(task);
      return { task, readers: oneReader(task, make) };
    },
    { empty: options.empty, parse },
  );
}

async function* oneReader(task, make) {
  yield await openReader(task, make);
}

/** Makes a reader that is freed with its task. */
export function openReader(task, make) {
  return task.ask((operation) => task.own(make(operation)));
}

/** All of a stream as text. Not by a `Response`: some hosts put an error of their own in place of the stream's. */
export async function textOf(stream) {
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  let text = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    text += decoder.decode(value, { stream: true });
  }
}
