/** The parts of what is to be sent, counted against the limits of the API as they come. */
import { bulkError } from "../errors.ts";

export const BATCH_LIMIT = Object.freeze({
  records: 10_000,
  bytes: 10_000_000,
  text:
    "A batch of Bulk API 1.0 takes at the most 10,000 records and 10,000,000 bytes, and there are more: " +
    "give them to several batches, or to bulk.insert, update, upsert or delete.",
});

export const JOB_LIMIT = Object.freeze({
  records: Number.POSITIVE_INFINITY,
  bytes: 100_000_000,
  text:
    "A job of Bulk API 2.0 takes at the most 100,000,000 bytes of CSV, and there are more: give them to several " +
    "loads or jobs.",
});

export class Parts {
  #limit;
  list = [];
  bytes = 0;
  records = 0;

  /** @param {{ records: number, bytes: number, text: string }} limit */
  constructor(limit) {
    this.#limit = limit;
  }

  /** @param {Uint8Array} bytes */
  add(bytes) {
    if (bytes.length === 0) return;
    this.bytes += bytes.length;
    if (this.bytes > this.#limit.bytes) this.#refuse();
    this.list.push(bytes);
  }

  /** Counts records that are about to come. */
  count(records = 1) {
    this.records += records;
    if (this.records > this.#limit.records) this.#refuse();
  }

  /** @param {string} type */
  blob(type) {
    return new Blob(this.list, { type });
  }

  #refuse() {
    throw bulkError("limit", this.#limit.text);
  }
}
