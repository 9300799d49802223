/** What is to be done with the records: the object, the operation, and what each operation wants. */
import type { Bulk, Load, LoadOptions } from "salesforce-bulk";
import { byId, make } from "./dom.ts";

type Operation = "insert" | "update" | "upsert" | "delete" | "hardDelete";

/** A load as the form describes it. */
export interface Plan {
  object: string;
  operation: Operation;
  externalId: string;
}

const hints: Record<Operation, string> = {
  insert: "Creates a record for every row.",
  update: "Changes records: every row carries its Id. Empty cells are left alone; #N/A sets null.",
  upsert: "Updates the records whose external id is known, and creates the others.",
  delete: "Moves records to the recycle bin: one column, Id.",
  hardDelete: "Deletes for good: one column, Id. Needs the permission “Bulk API Hard Delete”.",
};

const object = byId("object", HTMLInputElement);
const operation = byId("operation", HTMLSelectElement);
const externalId = byId("external-id", HTMLInputElement);
const hint = byId("operation-hint", HTMLElement);
const columns = byId("columns", HTMLElement);
let header: string[] = [];

export function operationPicker(): void {
  operation.addEventListener("change", advise);
  externalId.addEventListener("input", advise);
  advise();
}

/** Tells the picker which columns the file has. */
export function setHeader(names: string[]): void {
  header = names;
  columns.replaceChildren(...names.map(option));
  advise();
}

export function plan(): Plan {
  return {
    object: object.value.trim(),
    operation: operation.value as Operation,
    externalId: externalId.value.trim(),
  };
}

/** Starts the load that the plan describes. */
export function start(bulk: Bulk, planned: Plan, file: File, options: LoadOptions): Load {
  const { object: name, operation: chosen, externalId: field } = planned;
  if (chosen === "upsert") return bulk.upsert(name, field, file, options);
  return bulk[chosen](name, file, options);
}

function advise(): void {
  const planned = plan();
  externalId.disabled = planned.operation !== "upsert";
  const problem = header.length > 0 ? objection(planned) : null;
  hint.textContent = problem ?? hints[planned.operation];
  hint.classList.toggle("warning", problem !== null);
}

/** What the file's header says against the plan. Salesforce decides; this only tells it sooner. */
function objection({ operation: chosen, externalId: field }: Plan): string | null {
  if (chosen === "insert") return null;
  if (chosen === "upsert") {
    return !field || has(field) ? null : `The file has no column “${field}”.`;
  }
  if (!has("Id")) return `The file has no column “Id”, which ${chosen} needs.`;
  if (chosen === "update" || header.length === 1) return null;
  return `The file has more columns than “Id”: Salesforce refuses them for ${chosen}.`;
}

function has(field: string): boolean {
  return header.some((name) => name.toLowerCase() === field.toLowerCase());
}

function option(value: string): HTMLOptionElement {
  const made = make("option", "");
  made.value = value;
  return made;
}
