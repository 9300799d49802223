/** The Rust tests on this machine: units, integration, and the examples in the documentation. */
import { hasNextest } from "../lib/cargo.mjs";
import { addCounts, counted, rustCounts } from "../lib/counts.mjs";
import { run } from "../lib/run.mjs";

export default {
  name: "native",
  async run() {
    const tests = (await hasNextest())
      ? ["nextest", "run", "--workspace", "--no-tests=pass"]
      : ["test", "--workspace", "--all-targets"];
    const units = await counted(run("cargo", tests), rustCounts);
    const examples = await run("cargo", ["test", "--workspace", "--doc"]);
    return addCounts(units, rustCounts(examples));
  },
};
