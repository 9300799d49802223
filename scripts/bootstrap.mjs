/**
 * The way into every command: `node scripts/bootstrap.mjs <command> [arguments]`.
 *
 * It may import only what Node itself brings, because its work is to install the rest.
 */
import { fileURLToPath } from "node:url";
import { ensureInstalled } from "./lib/npm.mjs";

const commands = ["bench", "build", "format", "fuzz", "org", "sim", "start", "test"];
const [command, ...args] = process.argv.slice(2);

if (!commands.includes(command)) {
  console.error(`usage: node scripts/bootstrap.mjs ${commands.join("|")} [arguments]`);
  process.exit(2);
}
try {
  ensureInstalled(fileURLToPath(new URL("..", import.meta.url)));
  const { main } = await import(`./${command}.mjs`);
  await main(args);
} catch (error) {
  console.error(error.expected ? `\n${error.message}` : error);
  process.exitCode = 1;
}
