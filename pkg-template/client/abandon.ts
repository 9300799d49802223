/** `onAbort: "abort-job"`: whoever stops a task before its job is done has the job aborted too. */
import { isBulkError } from "../errors.ts";
import { run } from "../task/task.ts";

/**
 * @param {import("./client.ts").Client} client
 * @param {import("../task/task.ts").Task} task
 * @param {"ingest" | "query"} kind
 */
export function abandon(client, task, kind) {
  task.onStop((reason) => {
    const { jobId, waiting } = task;
    if (jobId === undefined || !waiting || leavesJob(reason)) return;
    // As well as can be: nobody is left to hear of a failure.
    run(client, {}, (operation) => operation.v2Abort(kind, jobId)).catch(() => {});
  });
}

/** A timeout promises to leave the job; a failure is not the caller's wish. */
function leavesJob(reason) {
  return isBulkError(reason) && reason.code !== "used";
}
