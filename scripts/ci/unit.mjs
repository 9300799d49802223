/** The TypeScript around the wasm, file by file: as it is written, and with the stamps that ship in place of the readable ones. */
import { addCounts } from "../lib/counts.mjs";
import { runNodeTests } from "../lib/node-tests.mjs";

const imports = ["./tests/unit/support/register.mjs"];

export default {
  name: "unit",
  async run() {
    const written = await runNodeTests("tests/unit", { imports });
    const shipped = await runNodeTests("tests/unit", { imports, env: { STAMPS: "shipped" } });
    return addCounts(written, shipped);
  },
};
