/** Checks written in Python, shown as tests of Node's runner. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { test } from "node:test";
import { startOrg } from "../../support/org.mjs";
import { startProxy } from "./proxy.mjs";
import { ensurePython, pythonFolder } from "./python.mjs";

/** A check that has not answered by then never will. */
const TIMEOUT = 120_000;

/**
 * Runs modules of Python tests, each against an org of its own.
 *
 * @param {string[]} modules names of files in `python/`, without `.py`
 * @param {import("../../../scripts/lib/org.mjs").OrgOptions & { requirements?: string }} [options]
 */
export async function testPython(modules, { requirements, ...options } = {}) {
  const python = await ensurePython(requirements);
  for (const name of modules) {
    await test(name, { timeout: TIMEOUT }, async (context) => {
      const org = await startOrg({ ...options, tls: true });
      const proxy = await startProxy(org.tlsUrl);
      try {
        for await (const check of outcomes(python, name, environment(org, proxy))) {
          await context.test(check.name, () => {
            if (check.failure) throw new CheckFailed(check.failure);
          });
        }
      } finally {
        proxy.stop();
        await org.stop();
      }
    });
  }
}

/** A failed check of Python; its traceback is the message, and Node's own stack says nothing. */
class CheckFailed extends Error {
  constructor(message) {
    super(message);
    this.stack = message;
  }
}

function environment(org, proxy) {
  const others = Object.entries(process.env).filter(([name]) => !/_proxy$/i.test(name));
  return {
    ...Object.fromEntries(others),
    ORG_URL: org.url,
    ORG_TLS_URL: org.tlsUrl,
    REQUESTS_CA_BUNDLE: org.caFile,
    https_proxy: proxy.url,
    no_proxy: "localhost,127.0.0.1",
    PYTHONDONTWRITEBYTECODE: "1",
    PYTHONIOENCODING: "utf-8",
    PYTHONWARNINGS: "ignore",
  };
}

/** What `run.py` says, line by line, and that it came to its end. */
async function* outcomes(python, module, env) {
  const child = spawn(python, ["run.py", module], {
    cwd: pythonFolder,
    env,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "close");
  try {
    let rest = "";
    let count = 0;
    for await (const text of child.stdout.setEncoding("utf8")) {
      const lines = (rest + text).split("\n");
      rest = lines.pop();
      for (const line of lines) yield JSON.parse(line);
      count += lines.length;
    }
    const [status] = await ended;
    if (status !== 0 || count === 0) throw new Error(`${module} ended with ${status}`);
  } finally {
    child.kill();
  }
}
