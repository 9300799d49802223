/** All steps of `npm test`, in the order in which a mistake is found soonest. */
import browsers from "./browsers.mjs";
import build from "./build.mjs";
import clients from "./clients.mjs";
import e2e from "./e2e.mjs";
import format from "./format.mjs";
import lint from "./lint.mjs";
import native from "./native.mjs";
import packaging from "./packaging.mjs";
import page from "./page.mjs";
import sim from "./sim.mjs";
import types from "./types.mjs";
import unit from "./unit.mjs";
import wasm from "./wasm.mjs";

/**
 * A step resolves with its counts of tests, with undefined when it counts none, and with null when
 * there is nothing to run.
 *
 * @typedef {{ passed: number, failed: number, skipped: number }} Counts
 * @typedef {{ name: string, needs?: string[], run: () => Promise<Counts | null | void> }} Step
 */

/** @type {Step[]} */
export const steps = [
  format,
  lint,
  native,
  sim,
  unit,
  wasm,
  browsers,
  build,
  types,
  packaging,
  e2e,
  page,
  clients,
];
