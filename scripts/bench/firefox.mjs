/** Headless Firefox, by geckodriver: Playwright can drive only a Firefox of its own. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { browsers } from "../lib/browsers.mjs";
import { ExpectedError } from "../lib/run.mjs";
import { geckodriver } from "../tools.mjs";

export async function openFirefox() {
  const [binary] = await browsers("firefox");
  const driver = await startDriver();
  try {
    const session = await Session.open(driver.url, binary);
    const close = async () => {
      await session.close();
      driver.stop();
    };
    return { name: session.name, close, visit: (url) => session.visit(url) };
  } catch (error) {
    driver.stop();
    throw error;
  }
}

/** It says which port it has taken; what Firefox complains about on the other stream is of no interest. */
async function startDriver() {
  const program = join(await geckodriver(), "geckodriver");
  const child = spawn(program, ["--host=127.0.0.1", "--port=0"], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  const failed = once(child, "close").then(() => {
    throw new ExpectedError("geckodriver could not be started");
  });
  failed.catch(() => {});
  const port = await Promise.race([portOf(child.stdout), failed]);
  return { url: `http://127.0.0.1:${port}`, stop: () => child.kill() };
}

async function portOf(output) {
  for await (const line of createInterface({ input: output })) {
    const found = /Listening on [^:]+:(\d+)/.exec(line);
    if (found) {
      output.resume();
      return found[1];
    }
  }
}

/** A WebDriver session. */
class Session {
  #url;

  constructor(url, name) {
    this.#url = url;
    this.name = name;
  }

  static async open(driver, binary) {
    const options = { binary, args: ["-headless"] };
    const wanted = { browserName: "firefox", "moz:firefoxOptions": options };
    const { sessionId, capabilities } = await send("POST", `${driver}/session`, {
      capabilities: { alwaysMatch: wanted },
    });
    return new Session(`${driver}/session/${sessionId}`, `Firefox ${capabilities.browserVersion}`);
  }

  /** Opens an address in the only window; the next one takes its place. */
  async visit(url) {
    await send("POST", `${this.#url}/url`, { url });
    return () => send("POST", `${this.#url}/url`, { url: "about:blank" });
  }

  close() {
    return send("DELETE", this.#url);
  }
}

async function send(method, url, body) {
  const headers = { "content-type": "application/json" };
  const response = await fetch(url, { method, headers, body: body && JSON.stringify(body) });
  const { value } = await response.json();
  if (!response.ok) throw new ExpectedError(`geckodriver: ${value.error}: ${value.message}`);
  return value;
}
