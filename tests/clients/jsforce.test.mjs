/** npm's jsforce 3 against the org. */
import { after } from "node:test";
import { jsforce, org } from "./jsforce/org.mjs";
import { report } from "./support/report.mjs";
import "./jsforce/login.mjs";
import "./jsforce/bulk.mjs";
import "./jsforce/bulk2.mjs";

report(
  "jsforce",
  jsforce.VERSION,
  "sign in by SOAP and OAuth; bulk (1.0) and bulk2: load, query, results",
);
after(() => org.stop());
