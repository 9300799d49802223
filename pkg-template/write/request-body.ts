/** What is to be sent in one request, counted against the limits of the API as it comes. */
import { concatenated } from "../bytes.ts";
import { bulkError } from "../errors.ts";

/** What one request may carry. */
export interface Limit {
  readonly records: number;
  readonly bytes: number;
  /** What to say where there is more. */
  readonly text: string;
}

export const BATCH_LIMIT: Limit = {
  records: 10_000,
  bytes: 10_000_000,
  text:
    "A batch of Bulk API 1.0 takes at the most 10,000 records and 10,000,000 bytes, and there are more: " +
    "give them to several batches, or to bulk.insert, update, upsert or delete.",
};

export const JOB_LIMIT: Limit = {
  records: Number.POSITIVE_INFINITY,
  bytes: 100_000_000,
  text:
    "A job of Bulk API 2.0 takes at the most 100,000,000 bytes of CSV, and there are more: give them to several " +
    "loads or jobs.",
};

export class RequestBody {
  readonly #limit: Limit;
  readonly #chunks: Uint8Array<ArrayBuffer>[] = [];
  #bytes = 0;
  records = 0;

  constructor(limit: Limit) {
    this.#limit = limit;
  }

  add(bytes: Uint8Array<ArrayBuffer>): void {
    if (bytes.length === 0) return;
    this.#bytes += bytes.length;
    if (this.#bytes > this.#limit.bytes) this.#refuse();
    this.#chunks.push(bytes);
  }

  /** Counts records that are about to come. */
  count(records = 1): void {
    this.records += records;
    if (this.records > this.#limit.records) this.#refuse();
  }

  /** All of it, as `fetch` takes it. */
  payload(type: string): Blob | Uint8Array<ArrayBuffer> {
    return fetchTakesBlobs() ? new Blob(this.#chunks, { type }) : concatenated(this.#chunks);
  }

  #refuse(): never {
    throw bulkError("limit", this.#limit.text);
  }
}

let known: { readonly type: typeof Blob; readonly taken: boolean } | undefined;

/**
 * Where a simulated page puts a Blob of its own beside the host's `fetch` (jsdom), `fetch` would send the text
 * "[object Blob]". A body that is known gives the response its type.
 */
function fetchTakesBlobs(): boolean {
  if (typeof Blob !== "function") return false;
  if (known?.type !== Blob) known = { type: Blob, taken: isTaken() };
  return known.taken;
}

function isTaken(): boolean {
  if (typeof Blob.prototype.stream !== "function") return false;
  if (typeof Response !== "function") return true;
  const type = "text/csv";
  return new Response(new Blob([], { type })).headers.get("content-type") === type;
}
