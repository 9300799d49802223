/** The browsers of this machine: found, or installed where a package manager may be asked. */
import { existsSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { ask, ExpectedError, run } from "./run.mjs";

const known = {
  chromium: {
    variable: "CHROME_PATH",
    names: ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome.exe"],
    places: [
      "/Applications/Chromium.app/Contents/MacOS/Chromium",
      "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    ],
    debian: "chromium",
  },
  chromedriver: {
    variable: "CHROMEDRIVER",
    names: ["chromedriver", "chromedriver.exe"],
    places: ["/usr/lib/chromium-browser/chromedriver", "/opt/homebrew/bin/chromedriver"],
    debian: "chromium-driver",
  },
  firefox: {
    variable: "FIREFOX_PATH",
    names: ["firefox", "firefox-esr", "firefox.exe"],
    places: ["/Applications/Firefox.app/Contents/MacOS/firefox"],
    debian: "firefox-esr",
  },
};

/**
 * The paths of these programs, in the order asked for.
 *
 * @param {...("chromium" | "chromedriver" | "firefox")} names
 */
export async function browsers(...names) {
  const missing = names.filter((name) => !find(known[name]));
  if (missing.length > 0) await install(missing);
  return names.map((name) => find(known[name]));
}

function find({ variable, names, places }) {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const candidates = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [process.env[variable], ...candidates, ...places].find((path) => path && existsSync(path));
}

async function install(names) {
  const packages = names.map((name) => known[name].debian);
  if (!(await canInstall())) throw missing(names, packages);
  console.log(`Installing ${packages.join(", ")} with apt-get …`);
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  await run("apt-get", ["update"], { env, quiet: true });
  await run("apt-get", ["install", "--yes", "--no-install-recommends", ...packages], {
    env,
    quiet: true,
  });
  const absent = names.filter((name) => !find(known[name]));
  if (absent.length > 0) throw missing(absent, packages);
}

/** Only Debian: Ubuntu's packages of browsers are snaps, which no driver can start. */
async function canInstall() {
  const release = existsSync("/etc/os-release") ? readFileSync("/etc/os-release", "utf8") : "";
  const debian = /^ID="?debian"?$/m.test(release);
  return debian && process.getuid?.() === 0 && (await ask("apt-get", ["--version"])) !== null;
}

function missing(names, packages) {
  const variables = names.map((name) => known[name].variable);
  return new ExpectedError(
    `The tests need ${names.join(", ")}, which cannot be found here. Install them ` +
      `(Debian: apt-get install ${packages.join(" ")}) or name their paths in ${variables.join(", ")}.`,
  );
}
