/** Headless Chromium, by Playwright. */
import { launch } from "../../tests/support/chromium.mjs";

export async function openChromium() {
  const browser = await launch();
  return {
    name: `Chromium ${browser.version()}`,
    close: () => browser.close(),
    /** Opens an address; what it resolves with closes the page again. */
    async visit(url) {
      const page = await browser.newPage();
      page.on("crash", () => console.error("The page has crashed"));
      await page.goto(url);
      return () => page.close();
    },
  };
}
