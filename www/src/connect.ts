/** The first card: one click to the demo org, or an address and a session id. */
import { byId } from "./dom.ts";
import { clearFailure, showFailure } from "./failure.ts";
import { type Connection, type Credentials, connect, demoSession } from "./session.ts";

const form = byId("session-form", HTMLFormElement);
const address = byId("instance-url", HTMLInputElement);
const token = byId("session-id", HTMLInputElement);
const button = byId("connect-button", HTMLButtonElement);
const demo = byId("demo", HTMLButtonElement);
const demoNote = byId("demo-note", HTMLElement);
const status = byId("connect-status", HTMLElement);
const failure = byId("connect-failure", HTMLElement);

let isConnecting = false;

export function connectPanel(connected: (connection: Connection) => void): void {
  const deliver = (connection: Connection | null) => {
    if (!connection) return;
    token.value = "";
    connected(connection);
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void attempt(button, typed).then(deliver);
  });
  demo.addEventListener("click", () => void attempt(demo, freshDemoSession).then(deliver));
  void lookForDemo();
}

async function lookForDemo(): Promise<void> {
  const isThere = (await demoSession()) !== null;
  demo.disabled = !isThere;
  demoNote.textContent = isThere
    ? "An emulated org with made-up people: nothing can break."
    : "Only where the demo org itself serves this page.";
}

async function freshDemoSession(): Promise<Credentials> {
  const session = await demoSession();
  if (session) return session;
  throw new Error("The demo org does not answer. Is it still running?");
}

async function typed(): Promise<Credentials> {
  return { instanceUrl: address.value.trim(), accessToken: token.value.trim() };
}

/** Null when it failed, which is shown. */
async function attempt(
  pressed: HTMLButtonElement,
  give: () => Promise<Credentials>,
): Promise<Connection | null> {
  if (isConnecting) return null;
  const label = pressed.textContent ?? "";
  clearFailure(failure);
  busy(pressed, "Connecting…", true);
  try {
    return await connect(await give());
  } catch (error) {
    showFailure(failure, error);
    return null;
  } finally {
    busy(pressed, label, false);
  }
}

function busy(pressed: HTMLButtonElement, label: string, isBusy: boolean): void {
  isConnecting = isBusy;
  pressed.textContent = label;
  pressed.ariaBusy = String(isBusy);
  status.textContent = isBusy ? label : "";
}
