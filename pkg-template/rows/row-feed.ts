/** What rows are read from: the feed of a transfer, or of CSV on its own. */

/** How rows are made of what was read: as objects, as arrays of their values, or as objects that read their cells lazily. */
export type Shape = "objects" | "arrays" | "lazy";

/**
 * A feed is read by one reader, once, either as rows or as bytes. Whoever reads must not ask twice at once; undefined is
 * the end. A failure ends it.
 */
export interface RowFeed {
  /** Whether what was given out may still be handed on. */
  readonly open: boolean;
  /** The job that the rows are of, once it is known. */
  readonly jobId: string | undefined;
  next(): Promise<unknown[] | undefined>;
  nextBytes(): Promise<Uint8Array<ArrayBuffer> | undefined>;
  /** The names of the columns; the rows that were read for it come all the same. */
  columns(): Promise<string[]>;
  /** Has the rows made so, from the next on. */
  shapeAs(shape: Shape): void;
  /** Stops the transfer: nobody has any use for the rest. */
  stop(reason: unknown): void;
}
