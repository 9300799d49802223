/**
 * What is done in a process, or a page, of its own: there, nobody is slowed down by what an engine has learnt of other
 * data.
 *
 * @typedef {{ only: string, suite: string, shape?: string }} Job
 */

/** @type {Job[]} */
export const jobs = [
  { only: "read", suite: "read", shape: "ascii" },
  { only: "read", suite: "read", shape: "mixed" },
  { only: "read", suite: "read", shape: "notes" },
  { only: "read", suite: "read", shape: "accented" },
  { only: "read", suite: "read", shape: "wide" },
  { only: "read", suite: "read", shape: "narrow" },
  { only: "read", suite: "schemas" },
  { only: "write", suite: "write", shape: "ascii" },
  { only: "write", suite: "write", shape: "mixed" },
  { only: "split", suite: "split" },
  { only: "json", suite: "json" },
];
