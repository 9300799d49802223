/** Tabs as the ARIA Authoring Practices describe them: arrows move, and moving selects. */
import { byId } from "./dom.ts";

export function tabs(...all: HTMLButtonElement[]): void {
  all.forEach((tab, position) => {
    tab.addEventListener("click", () => select(all, tab));
    tab.addEventListener("keydown", ({ key }) => {
      const next = target(key, position, all.length);
      if (next === null) return;
      const chosen = all.at(next % all.length);
      if (chosen) select(all, chosen);
      chosen?.focus();
    });
  });
}

function target(key: string, position: number, length: number): number | null {
  if (key === "ArrowRight") return position + 1;
  if (key === "ArrowLeft") return position - 1;
  if (key === "Home") return 0;
  return key === "End" ? length - 1 : null;
}

function select(all: HTMLButtonElement[], chosen: HTMLButtonElement): void {
  for (const tab of all) {
    tab.ariaSelected = String(tab === chosen);
    tab.tabIndex = tab === chosen ? 0 : -1;
    const panel = tab.getAttribute("aria-controls");
    if (panel) byId(panel, HTMLElement).hidden = tab !== chosen;
  }
}
