/** Rows and bytes that come by one operation, lazily: the common frame of all that is read. */
import type { Operation, Reader } from "#glue";
import type { Client } from "../client/client.ts";
import { Task, type TaskOptions } from "../task/task.ts";
import type * as declared from "../types/index.d.ts";
import { Feed, type FeedOptions } from "./feed.ts";
import type { ParseRecords } from "./records.ts";
import { Rows } from "./rows.ts";

/** How a transfer is made, and its rows. */
export interface TransferOptions extends TaskOptions, Omit<FeedOptions, "parse" | "jobId"> {
  readonly null?: string | undefined;
  readonly fatal?: boolean | undefined;
  /** Called with the task when it begins. */
  readonly onBegin?: ((task: Task) => void) | undefined;
}

/** Makes the reader of an operation. */
export type MakeReader = (operation: Operation) => Reader;

/** The rows of one reader, which is made when they are first read. */
export function rowsOf<T>(
  client: Client,
  options: TransferOptions,
  make: MakeReader,
  parse?: ParseRecords,
): declared.Rows<T> {
  return new Rows<T>(feedOf(client, options, make, parse));
}

export function feedOf(
  client: Client,
  options: TransferOptions,
  make: MakeReader,
  parse?: ParseRecords,
): Feed {
  const begin = () => {
    const task = new Task(client, options);
    options.onBegin?.(task);
    return { task, readers: oneReader(task, make, options) };
  };
  return new Feed(begin, { ...options, parse });
}

async function* oneReader(
  task: Task,
  make: MakeReader,
  options: TransferOptions,
): AsyncGenerator<Reader, void> {
  yield await openReader(task, make, options);
}

/** Makes a reader that is freed with its task. */
export function openReader(
  task: Task,
  make: MakeReader,
  options: TransferOptions = {},
): Promise<Reader> {
  const { null: nullText = "", fatal = false } = options;
  return task.ask((operation) => {
    const reader = task.own(make(operation));
    if (nullText !== "" || fatal) reader.readCsv(nullText, fatal);
    return reader;
  });
}
