/** Deletions take ids and nothing else: for any other column Salesforce fails the job, once all of it has been sent. */
import { bulkError } from "../errors.ts";
import { type Fields, fieldsOf } from "./fields.ts";

export function isDeletion(operation: string | undefined): boolean {
  return operation === "delete" || operation === "hardDelete";
}

/** Throws unless the records have one field in common. */
export class IdOnly {
  #field: string | undefined;

  add(record: Fields, row: number): void {
    for (const [name] of fieldsOf(record)) {
      this.#field ??= name;
      if (name === this.#field) continue;
      const field = isId(name) ? this.#field : name;
      throw bulkError("record", `Record ${row} has the field ${field}: ${RULE}`, { row, field });
    }
  }
}

/** Throws unless the header has one column. */
export function checkIdHeader(header: readonly string[]): void {
  if (header.length < 2) return;
  const at = isId(header[0]) ? 1 : 0;
  const field = header[at];
  throw bulkError("csv", `The header has the column "${field}": ${RULE}`, {
    row: 1,
    column: at + 1,
    field,
  });
}

const RULE = "a deletion takes the Id of each record, and nothing else. Leave the others out.";

function isId(name: string | undefined): boolean {
  return name?.toLowerCase() === "id";
}
