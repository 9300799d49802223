/** Node processes that send one message: what they have found out. */
import { fork } from "node:child_process";
import { ExpectedError } from "../lib/run.mjs";

/**
 * @param {string} script
 * @param {string[]} args
 * @returns {Promise<any>}
 */
export function messageOf(script, args) {
  const child = fork(script, args);
  let message;
  child.on("message", (value) => {
    message = value;
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => {
      if (code === 0 && message) resolve(message);
      else reject(new ExpectedError(`${script} ${args.join(" ")} ended with ${code ?? signal}`));
    });
  });
}
