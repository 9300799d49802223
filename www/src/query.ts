/** The query panel: SOQL in, rows on the page, or a file of them. */
import type { Bulk, Progress, Rows } from "salesforce-bulk";
import { byId } from "./dom.ts";
import { count, counted, size } from "./format.ts";
import { chooseTarget, counting, fileName, type Target } from "./save.ts";
import type { Connection } from "./session.ts";
import { Status } from "./status.ts";
import { shownRows, Table } from "./table.ts";
import { Task } from "./task.ts";

type Row = Record<string, string | null>;

/** A query that has been run: its job's results can be read again. */
interface Finished {
  bulk: Bulk;
  soql: string;
  jobId: string;
}

const remembered = "soql";
const example = "SELECT Id, FirstName, LastName, Title, Email, Phone, CreatedDate\nFROM Contact";
const invitation = "Run the query to see its rows here.";

const form = byId("query-form", HTMLFormElement);
const soql = byId("soql", HTMLTextAreaElement);
const summary = byId("query-summary", HTMLElement);
const downloadButton = byId("query-download", HTMLButtonElement);
const table = new Table(byId("query-rows", HTMLElement), true);
const status = new Status(byId("query-status", HTMLElement), "Rows");
const task = new Task({
  status,
  failure: byId("query-failure", HTMLElement),
  stop: byId("query-stop", HTMLButtonElement),
  starters: [byId("query-run", HTMLButtonElement), downloadButton],
});

let finished: Finished | null = null;

export function queryPanel(connection: () => Connection | null): { reset(): Promise<void> } {
  soql.value = sessionStorage.getItem(remembered) ?? example;
  soql.addEventListener("input", () => sessionStorage.setItem(remembered, soql.value));
  soql.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const bulk = connection()?.bulk;
    if (bulk) void task.run("Starting…", (signal) => run(bulk, soql.value, signal));
  });
  downloadButton.addEventListener("click", () => {
    const bulk = connection()?.bulk;
    if (bulk && form.reportValidity() && !task.isRunning) void download(bulk, soql.value);
  });
  void reset();
  return { reset };
}

async function reset(): Promise<void> {
  await task.reset();
  finished = null;
  summary.textContent = "Rows";
  table.clear(invitation);
}

async function run(bulk: Bulk, text: string, signal: AbortSignal): Promise<string> {
  finished = null;
  summary.textContent = "Rows";
  table.clear("Waiting for the first rows…");
  const follow = follower();
  const rows = bulk.query<Row>(text, { signal, onProgress: follow.report, onAbort: "abort-job" });
  try {
    const total = await show(rows, follow);
    if (follow.jobId) finished = { bulk, soql: text, jobId: follow.jobId };
    return `${counted(total, "row")} read`;
  } finally {
    if (table.length === 0) table.clear(follow.isDone ? "No rows match." : "No rows came.");
  }
}

async function show(rows: Rows<Row>, follow: Follower): Promise<number> {
  let total = 0;
  for await (const chunk of rows.chunks()) {
    const [first] = chunk;
    if (total === 0 && first) table.open(Object.keys(first));
    for (const row of chunk.slice(0, shownRows - table.length)) table.add(Object.values(row));
    total += chunk.length;
    status.moved("Rows", count(total));
    status.fill(total, follow.processed);
    summary.textContent = heading(total);
  }
  follow.isDone = true;
  summary.textContent = heading(total);
  return total;
}

function heading(total: number): string {
  return total > shownRows
    ? `The first ${shownRows} of ${counted(total, "row")}`
    : counted(total, "row");
}

/** Follows one query: what it reports goes to the status, and what is needed later is kept. */
interface Follower {
  report(progress: Progress): void;
  jobId?: string;
  processed?: number;
  isDone: boolean;
}

function follower(): Follower {
  const follow: Follower = {
    isDone: false,
    report(progress) {
      if (progress.jobId) follow.jobId = progress.jobId;
      if (progress.processed !== undefined) follow.processed = progress.processed;
      status.progress(progress);
    },
  };
  return follow;
}

async function download(bulk: Bulk, text: string): Promise<void> {
  const target = await chooseTarget(fileName(objectOf(text)));
  if (target) await task.run("Starting…", (signal) => save(bulk, text, target, signal));
}

async function save(bulk: Bulk, text: string, target: Target, signal: AbortSignal) {
  let total = 0;
  const bytes = counting(source(bulk, text, signal).bytes(), (sum) => {
    total = sum;
    status.moved("Saved", size(sum));
  });
  await target(bytes, signal);
  return `${size(total)} saved`;
}

/** The results of the job that has just been run, if it is the same query; else a new job. */
function source(bulk: Bulk, text: string, signal: AbortSignal): Rows<object> {
  if (finished?.bulk === bulk && finished.soql === text) {
    status.progress({ phase: "downloading" });
    return bulk.v2.queryJob(finished.jobId).records({ signal });
  }
  const onProgress = (progress: Progress) => status.progress(progress);
  return bulk.query(text, { signal, onProgress, onAbort: "abort-job" });
}

/** The object that is queried, to name a file after. */
function objectOf(text: string): string {
  return text.match(/\bfrom\s+(\w+)/i)?.[1] ?? "query";
}
