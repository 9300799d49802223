/** The bulk workbench: puts the parts of the page together. */
import { connectPanel } from "./connect.ts";
import { byId } from "./dom.ts";
import { loadPanel } from "./load.ts";
import { queryPanel } from "./query.ts";
import type { Connection } from "./session.ts";
import { tabs } from "./tabs.ts";

let connection: Connection | null = null;

const query = queryPanel(() => connection);
const load = loadPanel(() => connection);

connectPanel((made) => {
  connection = made;
  show(true);
  byId("connection-text", HTMLElement).textContent = made.where;
  byId("soql", HTMLTextAreaElement).focus();
});

byId("disconnect", HTMLButtonElement).addEventListener("click", () => {
  connection = null;
  void query.reset();
  void load.reset();
  show(false);
  byId("instance-url", HTMLInputElement).focus();
});

tabs(byId("query-tab", HTMLButtonElement), byId("load-tab", HTMLButtonElement));

function show(isConnected: boolean): void {
  byId("connect", HTMLElement).hidden = isConnected;
  byId("connection", HTMLElement).hidden = !isConnected;
  byId("workbench", HTMLElement).hidden = !isConnected;
}
