/** Headless Chromium, and what a page says in its title. */
import { chromium } from "playwright-core";
import { browsers } from "../../scripts/lib/browsers.mjs";

/** `--no-sandbox`: in containers there is often no other user to be than root. */
const args = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking"];

export async function launch() {
  const [executablePath] = await browsers("chromium");
  return chromium.launch({ executablePath, args });
}

/** Launches with an extension loaded, which only a profile of its own can do. */
export async function launchWithExtension(profile, extension) {
  const [executablePath] = await browsers("chromium");
  const load = [`--load-extension=${extension}`, `--disable-extensions-except=${extension}`];
  return chromium.launchPersistentContext(profile, {
    executablePath,
    headless: false,
    args: [...args, "--headless=new", ...load],
  });
}

/** Opens a page and resolves with the JSON of its title; what went wrong there is the error. */
export async function titleOf(context, url) {
  const page = await context.newPage();
  const said = [];
  page.on("console", (message) => said.push(message.text()));
  page.on("pageerror", (error) => said.push(String(error)));
  try {
    await page.goto(url);
    await page.waitForFunction(() => document.title !== "", null, { timeout: 20_000 });
    return parse(await page.title(), said);
  } catch (cause) {
    throw new Error(`${url}: ${[cause.message, ...said].join("\n")}`, { cause });
  } finally {
    await page.close();
  }
}

function parse(title, said) {
  try {
    return JSON.parse(title);
  } catch {
    throw new Error([title, ...said].join("\n"));
  }
}
