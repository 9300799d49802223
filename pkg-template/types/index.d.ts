/** The chapters of the declarations, which ship as one file. */
export * from "./bulk.js";
export * from "./csv.js";
export * from "./errors.js";
export * from "./rows.js";
export * from "./v1.js";
export * from "./v2.js";
