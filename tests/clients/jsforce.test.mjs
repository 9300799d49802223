/** npm's jsforce 3 against the org. */
import { after } from "node:test";
import { org } from "./jsforce/org.mjs";
import "./jsforce/login.mjs";
import "./jsforce/bulk.mjs";
import "./jsforce/bulk2.mjs";

after(() => org.stop());
