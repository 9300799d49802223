/** What every environment is asked to do: something small that only works when the wasm does. */

const csv = "Id,Name\n001,Žofie 🚀\n002,\n";

/** What a probe must answer. */
export const expected = [
  { Id: "001", Name: "Žofie 🚀" },
  { Id: "002", Name: null },
];

/** Defines `probe()`, which resolves with the rows of the CSV; `parseCsv` must be in scope. */
export const probe = `const probe = () => parseCsv(${JSON.stringify(csv)}).toArray();`;

/** A module that exports `probe`, on the package `from`. */
export const probeModule = (from = "salesforce-bulk") =>
  `import { parseCsv } from ${JSON.stringify(from)}; export ${probe}`;

/** A page's script: the title tells how it went. */
export const pageScript = `
import { probe } from "./probe.js";
probe().then(
  (rows) => { document.title = JSON.stringify(rows); },
  (error) => { document.title = String(error?.stack ?? error); },
);
`;

/** A page that loads a module, and nothing inline: its policy forbids that. */
export const page = (script, type = "module") => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><link rel="icon" href="data:,"></head>
<body><script type="${type}" src="${script}"></script></body></html>
`;
