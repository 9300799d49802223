/** What a call says that was not done in time. */
import { type BulkError, bulkError } from "../errors.ts";
import type { RowEffect } from "./flight.ts";

export interface TimedOut {
  timeout: number;
  jobId: string | undefined;
  batchId: string | undefined;
  rowEffect: RowEffect;
  /** Because of what it waited last. */
  trouble: string | undefined;
  /** The expression that gives the job's handle again. */
  attach: ((jobId: string) => string) | undefined;
}

export function timeoutError(call: TimedOut): BulkError {
  const { timeout, jobId, batchId, rowEffect, trouble } = call;
  const last = trouble === undefined ? "" : `What it waited for last: ${trouble} `;
  const text = `The call was not done after ${timeout} ms. ${last}${howToGoOn(call)}`;
  const { outcome, repeatable: retryable } = rowEffect;
  return bulkError("timeout", text, { jobId, batchId, outcome, retryable });
}

function howToGoOn({ jobId, attach, rowEffect }: TimedOut): string {
  if (jobId === undefined) return "No job is known to have been made.";
  if (attach !== undefined) {
    return `Job ${jobId} is left running: attach to it again with ${attach(jobId)}.`;
  }
  return rowEffect.repeatable
    ? `Job ${jobId} is left as it is.`
    : `Whether its rows have come to job ${jobId} is not known: look before they are sent again.`;
}
