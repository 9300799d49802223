/** `npm start`: builds everything, starts the org with some contacts, and opens the workbench. */
import { spawn } from "node:child_process";
import { buildPackage } from "./build.mjs";
import { startOrgServer } from "./lib/org.mjs";
import { buildPage } from "./lib/page.mjs";
import { orgOptions } from "./org.mjs";

export async function main(args) {
  const { port, contacts, rest } = await orgOptions(args);
  await buildPackage();
  const www = await buildPage();
  console.log("Building the org …");
  const org = await startOrgServer({ port, contacts, www, args: rest });
  console.log(`
The workbench, on an org with ${Number(contacts).toLocaleString("en")} contacts:

    ${org.url}

User demo@example.com, password demo, security token TOKEN. Ctrl+C ends it.`);
  openBrowser(org.url);
  await org.ended;
}

/** Where nobody sits in front of a screen there is nothing to open. */
function openBrowser(url) {
  const { BROWSER, CI, DISPLAY, WAYLAND_DISPLAY } = process.env;
  if (BROWSER === "none" || CI) return;
  const [program, ...args] = opener(BROWSER, DISPLAY || WAYLAND_DISPLAY);
  if (!program) return;
  const child = spawn(program, [...args, url], { stdio: "ignore", detached: true });
  child.on("error", () => console.log(`(${program} could not be started; open the address above)`));
  child.unref();
}

function opener(chosen, screen) {
  if (chosen) return [chosen];
  if (process.platform === "darwin") return ["open"];
  if (process.platform === "win32") return ["cmd", "/c", "start", ""];
  return screen ? ["xdg-open"] : [];
}
