/** A table of rows in a region that scrolls. */
import { make } from "./dom.ts";

/** No more rows than this are put into the page: beyond it, reading is what the file is for. */
export const shownRows = 200;

/** What stands in a cell: text, null, or something made. */
export type Cell = string | null | undefined | HTMLTableCellElement;

export class Table {
  readonly #region: HTMLElement;
  readonly #numbered: boolean;
  #body: HTMLTableSectionElement | null = null;

  /** @param numbered whether rows are counted in a column of their own */
  constructor(region: HTMLElement, numbered: boolean) {
    // What scrolls must be within reach of the keyboard.
    region.tabIndex = 0;
    this.#region = region;
    this.#numbered = numbered;
  }

  /** Empties the region but for a word to the reader. */
  clear(text: string): void {
    this.#body = null;
    this.#region.replaceChildren(make("p", "empty", text));
  }

  /** Begins a new table. */
  open(columns: string[]): void {
    const header = make("tr", "", ...(this.#numbered ? ["#", ...columns] : columns).map(heading));
    this.#body = make("tbody", "");
    this.#region.replaceChildren(
      make("table", this.#numbered ? "numbered" : "", make("thead", "", header), this.#body),
    );
    this.#region.scrollTop = 0;
  }

  get length(): number {
    return this.#body?.rows.length ?? 0;
  }

  add(cells: Cell[]): void {
    const row = make("tr", "", ...cells.map(cell));
    if (this.#numbered) row.prepend(ordinal(this.length + 1));
    this.#body?.append(row);
  }
}

function heading(name: string): HTMLTableCellElement {
  const made = make("th", "", name);
  made.scope = "col";
  return made;
}

function ordinal(position: number): HTMLTableCellElement {
  const made = make("th", "", String(position));
  made.scope = "row";
  return made;
}

function cell(content: Cell): HTMLTableCellElement {
  if (content instanceof HTMLTableCellElement) return content;
  if (content === null || content === undefined) return nullCell();
  const made = make("td", "", content);
  // What is cut off or broken over lines can still be read.
  if (content.length > 30 || content.includes("\n")) made.title = content;
  return made;
}

function nullCell(): HTMLTableCellElement {
  const dash = make("span", "null", "–");
  dash.ariaHidden = "true";
  return make("td", "", dash, make("span", "visually-hidden", "null"));
}
