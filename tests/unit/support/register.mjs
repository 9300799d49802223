/** `node --import`: the hooks that let tests import the TypeScript that ships. */
import { register } from "node:module";

const shipped = process.env.STAMPS === "shipped";
register("./hooks.mjs", import.meta.url, { data: { shipped } });
