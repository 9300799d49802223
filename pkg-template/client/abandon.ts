/** `onAbort: "abort-job"`: whoever stops a task before its job is done has the job aborted too. */
import { isBulkError } from "../errors.ts";
import { run, type Task } from "../task/task.ts";
import type { Client } from "./client.ts";

/** A job that is still being made when the task is stopped is aborted as soon as it is there. */
export function abandon(client: Client, task: Task, kind: "ingest" | "query"): void {
  task.onStop((reason) => {
    if (!task.waiting || leavesJob(reason)) return;
    task.onceJobIsMade((jobId) => {
      // As well as can be: nobody is left to hear of a failure.
      run(client, {}, (operation) => operation.v2Abort(kind, jobId)).catch(() => {});
    });
  });
}

/** A timeout promises to leave the job; a failure is not the caller's wish. */
function leavesJob(reason: unknown): boolean {
  return isBulkError(reason) && reason.code !== "used";
}
