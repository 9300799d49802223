/**
 * Salesforce's own command line, unmodified, in a home of its own.
 *
 * `sf/package.json` holds its jsforce to the version that it was published with: npm would take one
 * that needs a newer Node than this project does.
 */
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { ensureInstalled } from "../../../scripts/lib/npm.mjs";

const folder = fileURLToPath(new URL("../sf", import.meta.url));
const program = join(folder, "node_modules/@salesforce/cli");

ensureInstalled(folder);

export const { version } = JSON.parse(readFileSync(join(program, "package.json"), "utf8"));

/** What keeps it from asking anyone but the org, and from leaving anything on this machine. */
const QUIET = {
  SF_AUTOUPDATE_DISABLE: "true",
  SF_DISABLE_LOG_FILE: "true",
  SF_DISABLE_TELEMETRY: "true",
  SF_HIDE_RELEASE_NOTES: "true",
  SF_SKIP_NEW_VERSION_CHECK: "true",
  SF_USE_GENERIC_UNIX_KEYCHAIN: "true",
};

/**
 * A home for the program, where it signs in.
 *
 * @param {{ instanceUrl: string, accessToken: string }} session
 */
export async function signIn({ instanceUrl, accessToken }) {
  const home = mkdtempSync(join(tmpdir(), "salesforce-bulk-sf-"));
  const env = { ...process.env, ...QUIET, HOME: home, USERPROFILE: home };
  /** Runs a command, and resolves with its exit code and the JSON that it prints. */
  const sf = async (...args) => {
    const line = [join(program, "bin/run.js"), ...args, "--json"];
    const options = { cwd: home, env, maxBuffer: 64 * 1024 * 1024 };
    const { code, stdout } = await promisify(execFile)(process.execPath, line, options).catch(
      (error) => error,
    );
    return { ...JSON.parse(stdout), exit: code ?? 0 };
  };
  env.SF_ACCESS_TOKEN = accessToken;
  const login = ["--instance-url", instanceUrl, "--no-prompt", "--set-default"];
  const signedIn = await sf("org", "login", "access-token", ...login);
  return {
    sf,
    home,
    user: signedIn.result,
    end: () => rmSync(home, { recursive: true, force: true }),
  };
}
