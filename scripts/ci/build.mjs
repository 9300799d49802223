/** The package, its sizes and its tarball. */
import { main } from "../build.mjs";

export default {
  name: "build",
  async run() {
    await main();
  },
};
