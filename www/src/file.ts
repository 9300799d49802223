/** The file to load: chosen or dropped, and previewed. */
import { byId } from "./dom.ts";
import { counted, size } from "./format.ts";
import { preview } from "./preview.ts";
import { Table } from "./table.ts";

const zone = byId("drop", HTMLElement);
const input = byId("file", HTMLInputElement);
const name = byId("file-name", HTMLElement);
const note = byId("file-note", HTMLElement);
const summary = byId("preview-summary", HTMLElement);
const region = byId("preview", HTMLElement);
const noteText = note.textContent ?? "";
const table = new Table(region, true);

/** The chosen file. The input holds it: a dropped file is put there too. */
export function chosenFile(): File | undefined {
  return input.files?.[0];
}

/** @param changed called with the header of each file that is chosen */
export function filePicker(changed: (header: string[]) => void): void {
  input.addEventListener("change", async () => changed(await show(chosenFile())));
  for (const type of ["dragenter", "dragover"]) zone.addEventListener(type, highlight);
  for (const type of ["dragleave", "drop"]) {
    zone.addEventListener(type, () => zone.classList.remove("over"));
  }
  zone.addEventListener("drop", drop);
  // A file that misses the zone must not replace the page.
  for (const type of ["dragover", "drop"]) {
    window.addEventListener(type, (event) => event.preventDefault());
  }
}

function highlight(event: Event): void {
  event.preventDefault();
  zone.classList.add("over");
}

function drop(event: DragEvent): void {
  event.preventDefault();
  const files = event.dataTransfer?.files;
  if (!files?.length) return;
  input.files = files;
  input.dispatchEvent(new Event("change"));
}

async function show(file: File | undefined): Promise<string[]> {
  const found = file ? await preview(file).catch(() => null) : null;
  name.textContent = file?.name ?? "Choose a CSV file";
  note.textContent = file ? `${size(file.size)} · choose or drop another to replace it` : noteText;
  summary.hidden = region.hidden = !file;
  if (!found) {
    table.clear("There is nothing to preview: is this a CSV file with a header?");
    return [];
  }
  summary.textContent = `Preview: ${counted(found.header.length, "column")}, first ${counted(found.rows.length, "row")}`;
  table.open(found.header);
  for (const row of found.rows) table.add(row.map((text) => text || null));
  return found.header;
}
