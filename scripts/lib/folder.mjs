/** Folders that are made whole or not at all. */
import { mkdirSync, renameSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/**
 * Fills a new folder, then puts it in the place of the old one: a build that fails, or another one
 * at the same time, leaves no half-made folder behind.
 *
 * @param {string} folder
 * @param {(fresh: string) => Promise<void>} fill
 */
export async function replaceFolder(folder, fill) {
  const fresh = join(dirname(folder), `.${basename(folder)}-${process.pid}`);
  mkdirSync(fresh, { recursive: true });
  try {
    await fill(fresh);
    rmSync(folder, { recursive: true, force: true });
    renameSync(fresh, folder);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}
