/** Where things are in this repository. */
import { fileURLToPath } from "node:url";

const at = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

export const root = at("");
/** The package as it is published; made by the build. */
export const pkg = at("pkg");
/** What is written by hand and shipped around the wasm. */
export const template = at("pkg-template");
/** Products of the build that are not shipped, and the tarball. */
export const dist = at("dist");
/** The demo page. */
export const www = at("www");
/** The packages that the scripts themselves use. */
export const modules = at("node_modules");
