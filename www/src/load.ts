/** The load panel: a CSV file in, the outcome of each row out. */
import type { Bulk, Load, LoadSummary } from "salesforce-bulk";
import { byId } from "./dom.ts";
import { chosenFile, filePicker } from "./file.ts";
import { count, counted } from "./format.ts";
import { operationPicker, type Plan, plan, setHeader, start } from "./operation.ts";
import { addOutcomes, clearOutcomes, outcomeFilter, showOutcomes } from "./outcomes.ts";
import { chooseTarget, fileName } from "./save.ts";
import type { Connection } from "./session.ts";
import { Status } from "./status.ts";
import { Task } from "./task.ts";

const form = byId("load-form", HTMLFormElement);
const failedButton = byId("load-download", HTMLButtonElement);
const dialog = byId("hard-delete", HTMLDialogElement);
const status = new Status(byId("load-status", HTMLElement), "Failed");
const task = new Task({
  status,
  failure: byId("load-failure", HTMLElement),
  stop: byId("load-stop", HTMLButtonElement),
  starters: [byId("load-run", HTMLButtonElement)],
});

/** The failed rows of the load that is shown, as Salesforce gives them: with their errors, ready to be corrected. */
let failedRows: (() => ReadableStream<Uint8Array>) | null = null;

export function loadPanel(connection: () => Connection | null): { reset(): Promise<void> } {
  filePicker(setHeader);
  operationPicker();
  outcomeFilter();
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const bulk = connection()?.bulk;
    if (bulk) void submit(bulk);
  });
  failedButton.addEventListener("click", () => void saveFailed());
  void reset();
  return { reset };
}

async function reset(): Promise<void> {
  await task.reset();
  offerFailed(null);
  clearOutcomes();
}

async function submit(bulk: Bulk): Promise<void> {
  const file = chosenFile();
  const planned = plan();
  if (!file || task.isRunning) return;
  if (planned.operation === "hardDelete" && !(await confirmed(planned, file))) return;
  await task.run("Starting…", (signal) => run(bulk, planned, file, signal));
}

function confirmed({ object }: Plan, file: File): Promise<boolean> {
  byId("hard-delete-what", HTMLElement).textContent = `${object} records named in ${file.name}.`;
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => {
    const answer = () => resolve(dialog.returnValue === "delete");
    dialog.addEventListener("close", answer, { once: true });
  });
}

async function run(bulk: Bulk, planned: Plan, file: File, signal: AbortSignal): Promise<string> {
  offerFailed(null);
  clearOutcomes("Outcomes come when Salesforce is done.");
  const load = start(bulk, planned, file, {
    signal,
    onAbort: "abort-job",
    onProgress: (progress) => status.progress(progress),
  });
  const summary = await outcomesOf(load, signal).catch(explain);
  finish(bulk, summary);
  const { succeeded, failed, unprocessed } = summary;
  return `${counted(succeeded, "row")} succeeded, ${failed} failed, ${unprocessed} unprocessed`;
}

async function outcomesOf(load: Load, signal: AbortSignal): Promise<LoadSummary> {
  const summary = await load.done();
  status.progress({ phase: "downloading" });
  for await (const chunk of load.results({ signal }).chunks()) addOutcomes(chunk);
  showOutcomes(summary);
  return summary;
}

function explain(error: unknown): never {
  clearOutcomes("The load did not come to its end. What Salesforce had already processed stays.");
  throw error;
}

function finish(bulk: Bulk, { processed, failed, jobs }: LoadSummary): void {
  status.progress({ phase: "done", processed });
  status.moved("Failed", count(failed));
  const [job, ...more] = jobs;
  if (!job || more.length > 0 || failed === 0) return;
  offerFailed(() => bulk.v2.ingestJob(job.id).failedResults().bytes());
}

function offerFailed(rows: typeof failedRows): void {
  failedRows = rows;
  failedButton.disabled = rows === null;
}

async function saveFailed(): Promise<void> {
  const rows = failedRows;
  const target = await chooseTarget(fileName(`${plan().object} failed`));
  if (!rows || !target) return;
  await task.run("Saving…", async (signal) => {
    await target(rows(), signal);
    return "Failed rows saved";
  });
}
