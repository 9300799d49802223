/** The chapters of the declarations, which ship as one file. */
export * from "./bulk.d.ts";
export * from "./csv.d.ts";
export * from "./errors.d.ts";
export * from "./rows.d.ts";
export * from "./v1.d.ts";
export * from "./v2.d.ts";
