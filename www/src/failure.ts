/** An error as the reader can use it: what happened, what Salesforce said, what to do next. */
import { type BulkError, isBulkError } from "salesforce-bulk";
import { adviceFor } from "./advice.ts";
import { make } from "./dom.ts";

/** Fills a `role="alert"`, which announces it. */
export function showFailure(box: HTMLElement, error: unknown): void {
  const known = isBulkError(error) ? error : undefined;
  const { title, next } = adviceFor(known);
  box.replaceChildren(make("h3", "", title), make("p", "said", textOf(error)));
  if (next) box.append(make("p", "", next));
  if (known) box.append(details(known));
}

export function clearFailure(box: HTMLElement): void {
  box.replaceChildren();
}

function textOf(error: unknown): string {
  const isTimeout = error instanceof DOMException && error.name === "TimeoutError";
  if (isTimeout) return "The org took too long to answer.";
  return error instanceof Error ? error.message : String(error);
}

function details(error: BulkError): HTMLElement {
  const facts = {
    Code: error.code,
    "Salesforce's code": error.errorCode,
    Status: error.status,
    Job: error.jobId,
    State: error.state,
    "Outcome of the rows": error.outcome,
    "Salesforce says": isNew(error) ? error.stateMessage : undefined,
  };
  const list = make("dl", "");
  for (const [name, fact] of Object.entries(facts)) {
    if (fact === undefined) continue;
    list.append(make("div", "", make("dt", "", name), make("dd", "", String(fact))));
  }
  return list;
}

/** Whether the state's message says more than the error's own does. */
function isNew({ message, stateMessage }: BulkError): boolean {
  return stateMessage !== undefined && !message.includes(stateMessage);
}
