/** A job in a page: `/?JOB`, where JOB is JSON. Sends its table, or what went wrong, to the server. */
import * as contenders from "../contenders/portable.mjs";
import { suites } from "../suites/index.mjs";

const job = JSON.parse(decodeURIComponent(location.search.slice(1)));

/** What no promise tells about would leave the server waiting. */
addEventListener("error", ({ error, message }) => fail(error ?? message));
addEventListener("unhandledrejection", ({ reason }) => fail(reason));

await send({ table: await suites[job.suite](job, contenders) });

function fail(error) {
  return send({ error: [error, error?.stack].filter(Boolean).join("\n") });
}

function send(outcome) {
  return fetch("/outcome", { method: "POST", body: JSON.stringify(outcome) });
}
