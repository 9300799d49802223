/** Python with the clients' packages: made once for a list of requirements, then kept. */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ask, ExpectedError, run } from "../../../scripts/lib/run.mjs";

export const pythonFolder = fileURLToPath(new URL("../python", import.meta.url));

const windows = process.platform === "win32";

/**
 * The path of a Python that can import what a list of requirements names.
 *
 * @param {string} list the name of a file in `python/`
 */
export async function ensurePython(list = "requirements.txt") {
  const requirements = join(pythonFolder, list);
  const { command, version } = await systemPython();
  const folder = join(cacheFolder(), `venv-${hash(readFileSync(requirements), version)}`);
  if (!existsSync(executable(folder))) {
    console.log(`Installing the Python packages of ${requirements} …`);
    mkdirSync(cacheFolder(), { recursive: true });
    await make(folder, (fresh) => fill(command, fresh, requirements));
  }
  return executable(folder);
}

/**
 * The version of a package in a list of requirements.
 *
 * @param {string} name
 * @param {string} list the name of a file in `python/`
 */
export function pinnedVersion(name, list = "requirements.txt") {
  const lines = readFileSync(join(pythonFolder, list), "utf8").split("\n");
  return lines.find((line) => line.startsWith(`${name}==`))?.slice(name.length + 2);
}

/** Makes a folder whole or not at all. Of two that make it at once, the first one's is kept. */
async function make(folder, fill) {
  const fresh = mkdtempSync(join(cacheFolder(), ".venv-"));
  try {
    await fill(fresh);
    renameSync(fresh, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

async function systemPython() {
  for (const command of ["python3", "python"]) {
    const version = await ask(command, ["-c", "import sys; print(sys.version, sys.prefix)"]);
    if (version?.startsWith("3.")) return { command, version };
  }
  throw new ExpectedError("The clients written in Python need python3 on PATH");
}

function cacheFolder() {
  return join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "salesforce-bulk");
}

function hash(...parts) {
  const sum = createHash("sha256");
  for (const part of parts) sum.update(part);
  return sum.digest("hex").slice(0, 16);
}

// Of a venv only this is used: the scripts beside it name the folder where they were made.
function executable(venv) {
  return windows ? join(venv, "Scripts", "python.exe") : join(venv, "bin", "python");
}

async function fill(command, folder, requirements) {
  const install = ["install", "--quiet", "--no-deps", "--requirement", requirements];
  if ((await ask(command, ["-m", "venv", folder])) !== null) {
    await run(executable(folder), ["-m", "pip", ...install], { quiet: true });
    return;
  }
  // Debian splits pip's part of venv off; a pip of the system can still fill a venv without.
  try {
    await run(command, ["-m", "venv", "--clear", "--without-pip", folder], { quiet: true });
    await run(command, ["-m", "pip", "--python", folder, ...install], { quiet: true });
  } catch (cause) {
    const advice =
      "install Python's venv module (on Debian and Ubuntu: apt-get install python3-venv)";
    throw new ExpectedError(`The clients written in Python cannot be installed: ${advice}`, {
      cause,
    });
  }
}
