/** The first card: one click to the demo org, or an address and a session id. */
import { byId } from "./dom.ts";
import { clearFailure, showFailure } from "./failure.ts";
import { type Connection, type Credentials, connect, demoSession, identify } from "./session.ts";

interface Listener {
  connected(connection: Connection): void;
  /** Something more is known of where that is. */
  renamed(connection: Connection): void;
}

const form = byId("session-form", HTMLFormElement);
const address = byId("instance-url", HTMLInputElement);
const token = byId("session-id", HTMLInputElement);
const button = byId("connect-button", HTMLButtonElement);
const demo = byId("demo", HTMLButtonElement);
const demoNote = byId("demo-note", HTMLElement);
const status = byId("connect-status", HTMLElement);
const failure = byId("connect-failure", HTMLElement);

export function connectPanel(listener: Listener): void {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void attempt(listener, async () => ({
      instanceUrl: address.value.trim(),
      accessToken: token.value.trim(),
    }));
  });
  demo.addEventListener("click", () => void attempt(listener, freshDemoSession));
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

async function attempt(listener: Listener, give: () => Promise<Credentials>): Promise<void> {
  clearFailure(failure);
  busy(true);
  try {
    const connection = await connect(await give());
    token.value = "";
    listener.connected(connection);
    void identify(connection).then(() => listener.renamed(connection));
  } catch (error) {
    showFailure(failure, error);
  } finally {
    busy(false);
  }
}

function busy(isBusy: boolean): void {
  button.disabled = isBusy;
  status.textContent = isBusy ? "Connecting…" : "";
}
