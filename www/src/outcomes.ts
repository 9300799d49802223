/** What became of each row: counts, a filter by them, and a table. */
import type { LoadResult, LoadSummary, RowError } from "salesforce-bulk";
import { byId, make } from "./dom.ts";
import { count, counted } from "./format.ts";
import { type Cell, shownRows, Table } from "./table.ts";

const kinds = ["all", "succeeded", "failed", "unprocessed"] as const;
type Filter = (typeof kinds)[number];
type Kind = Exclude<Filter, "all">;

const labels: Record<Filter, string> = {
  all: "All",
  succeeded: "Succeeded",
  failed: "Failed",
  unprocessed: "Unprocessed",
};

const box = byId("outcome-filter", HTMLFieldSetElement);
const summary = byId("outcome-summary", HTMLElement);
const table = new Table(byId("outcomes", HTMLElement), false);
const numbers = new Map<Filter, HTMLElement>();

let kept: Record<Kind, LoadResult[]>;
let counts: Record<Filter, number>;
let filter: Filter = "all";

export function outcomeFilter(): void {
  for (const kind of kinds) box.append(choice(kind));
}

export function clearOutcomes(text = "Load a file to see what becomes of each row."): void {
  kept = { succeeded: [], failed: [], unprocessed: [] };
  counts = { all: 0, succeeded: 0, failed: 0, unprocessed: 0 };
  box.disabled = true;
  summary.textContent = "Outcomes";
  for (const number of numbers.values()) number.textContent = "–";
  table.clear(text);
}

/** Keeps the first rows of each kind, however many come. */
export function addOutcomes(results: LoadResult[]): void {
  for (const result of results) {
    const rows = kept[kindOf(result)];
    if (rows.length < shownRows) rows.push(result);
  }
}

export function showOutcomes({ succeeded, failed, unprocessed }: LoadSummary): void {
  counts = { all: succeeded + failed + unprocessed, succeeded, failed, unprocessed };
  for (const [kind, number] of numbers) number.textContent = count(counts[kind]);
  box.disabled = false;
  render();
}

function render(): void {
  const rows = shown();
  const total = counts[filter];
  const what = counted(total, filter === "all" ? "row" : `${filter} row`);
  summary.textContent = rows.length < total ? `The first ${rows.length} of ${what}` : what;
  const fields = [...new Set(rows.flatMap((row) => Object.keys(row.fields)))];
  table.open(["Outcome", "Id", "Errors", ...fields]);
  for (const row of rows) table.add(cells(row, fields));
  if (rows.length === 0) table.clear("No such rows.");
}

/** Failures first: they are what one looks for. */
function shown(): LoadResult[] {
  if (filter !== "all") return kept[filter];
  return [...kept.failed, ...kept.unprocessed, ...kept.succeeded].slice(0, shownRows);
}

function cells(row: LoadResult, fields: string[]): Cell[] {
  const kind = kindOf(row);
  const word = kind === "succeeded" ? (row.created ? "created" : "succeeded") : kind;
  const outcome = make("td", "", make("span", `pill ${kind}`, word));
  return [outcome, row.id, errors(row.errors), ...fields.map((field) => row.fields[field])];
}

function errors(all: RowError[]): Cell {
  if (all.length === 0) return "";
  const cell = make("td", "errors");
  for (const { code, message, fields } of all) {
    const where = fields.length > 0 ? ` (${fields.join(", ")})` : "";
    cell.append(make("div", "", make("strong", "", code), ` ${message}${where}`));
  }
  return cell;
}

function kindOf({ processed, success }: LoadResult): Kind {
  if (!processed) return "unprocessed";
  return success ? "succeeded" : "failed";
}

function choice(kind: Filter): HTMLLabelElement {
  const input = make("input", "");
  Object.assign(input, { type: "radio", name: "outcome", value: kind, checked: kind === filter });
  input.addEventListener("change", () => {
    filter = kind;
    render();
  });
  const number = make("b", "", "–");
  numbers.set(kind, number);
  return make("label", "", input, labels[kind], number);
}
