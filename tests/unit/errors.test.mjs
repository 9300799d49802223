/** The error classes and how a fault becomes one. */
import assert from "node:assert/strict";
import { test } from "node:test";
import * as errors from "../../pkg-template/errors.ts";

const classes = [
  ["network", errors.BulkNetworkError],
  ["session", errors.BulkSessionError],
  ["login", errors.BulkSessionError],
  ["request", errors.BulkError],
  ["limit", errors.BulkError],
  ["job-failed", errors.BulkJobFailedError],
  ["job-aborted", errors.BulkJobAbortedError],
  ["incomplete", errors.BulkIncompleteError],
  ["csv", errors.BulkCsvError],
  ["record", errors.BulkCsvError],
  ["timeout", errors.BulkTimeoutError],
  ["internal", errors.BulkError],
];

test("each code has its class, and the class its own name", () => {
  for (const [code, type] of classes) {
    const error = errors.fromFault({ code, message: "m", retryable: false });
    assert.equal(error.constructor, type, code);
    assert.ok(error instanceof errors.BulkError && error instanceof Error);
    assert.equal(error.name, type.name);
    assert.ok(String(error.stack).startsWith(`${type.name}: m`) || error.stack.includes("m"));
  }
});

test("fields are carried, and toJSON gives them without the cause", () => {
  const cause = new Error("why");
  const fault = {
    code: "job-failed",
    message: "m",
    errorCode: "InvalidBatch",
    status: 400,
    retryable: true,
    jobId: "750",
    batchId: "751",
    state: "Failed",
    stateMessage: "s",
    cause,
  };
  const error = errors.fromFault(fault);
  for (const [name, value] of Object.entries(fault)) assert.equal(error[name], value, name);
  const { cause: _, ...plain } = fault;
  assert.deepEqual(JSON.parse(JSON.stringify(error)), { name: "BulkJobFailedError", ...plain });
});

test("what is given to a class by a caller is kept", () => {
  const cause = new Error("why");
  for (const Type of new Set(classes.map(([, type]) => type))) {
    const error = new Type("x", { cause, code: "limit", status: 503, row: 2 });
    assert.equal(error.message, "x");
    assert.equal(error.cause, cause);
    assert.ok(errors.isBulkError(error));
    const told = { message: "x", code: "limit", retryable: false, status: 503, row: 2 };
    assert.deepEqual(error.toJSON(), { name: Type.name, ...told });
  }
  const bare = new errors.BulkError();
  assert.deepEqual([bare.message, bare.code, "cause" in bare], ["", "internal", false]);
});

test("a posted toJSON() loses nothing", () => {
  const error = errors.bulkError("csv", "m", { row: 2, column: 3, byte: 9 });
  assert.deepEqual(structuredClone(error.toJSON()), {
    ...{ name: "BulkCsvError", message: "m", code: "csv", retryable: false },
    ...{ row: 2, column: 3, byte: 9 },
  });
});

test("what is absent is absent", () => {
  const error = errors.fromFault({
    code: "csv",
    message: "m",
    retryable: false,
    row: 2,
    cause: null,
  });
  assert.deepEqual(error.toJSON(), {
    name: "BulkCsvError",
    code: "csv",
    message: "m",
    retryable: false,
    row: 2,
  });
  assert.equal("cause" in error, false);
});

test("a wrong argument is a TypeError", () => {
  const error = errors.fromFault({ code: "argument", message: "soql has no FROM" });
  assert.equal(error.constructor, TypeError);
});

test("anything else is a fault of the library, and says so", () => {
  for (const thrown of [new Error("x"), "x", undefined, { code: 5 }]) {
    const error = errors.fromFault(thrown);
    assert.equal(error.code, "internal");
    assert.match(error.message, /report/);
  }
});

test("tokens are not shown", () => {
  const fault = {
    code: "request",
    message: "bad T0KEN here",
    stateMessage: "T0KEN",
    retryable: false,
  };
  const error = errors.fromFault(fault, { hide: ["T0KEN"] });
  assert.equal(JSON.stringify(error).includes("T0KEN"), false);
});

test("the job that is known is told", () => {
  const fault = { code: "network", message: "m", retryable: true };
  assert.equal(errors.fromFault(fault, { jobId: "750" }).jobId, "750");
});

test("isBulkError knows other copies, and nothing else", async () => {
  const other = await import("../../pkg-template/errors.ts?copy");
  assert.notEqual(other.BulkError, errors.BulkError);
  assert.ok(errors.isBulkError(other.bulkError("network", "m")));
  for (const value of [new Error("x"), null, undefined, "BulkError", {}]) {
    assert.equal(errors.isBulkError(value), false);
  }
});

test("in a page, a network error tells of CORS", () => {
  const fault = { code: "network", message: "Failed to fetch.", retryable: true };
  assert.equal(errors.fromFault(fault).message, "Failed to fetch.");
  globalThis.document = {};
  try {
    assert.match(errors.fromFault(fault).message, /Setup → CORS/);
    assert.doesNotMatch(errors.fromFault({ ...fault, code: "server" }).message, /CORS/);
  } finally {
    delete globalThis.document;
  }
});
