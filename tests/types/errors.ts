/** Failures. */
import {
  type AnyBulkError,
  BulkCsvError,
  BulkError,
  type BulkErrorCode,
  isBulkError,
} from "salesforce-bulk";
import { assertType, type Equal } from "./equal.ts";

/** The codes are a closed union: a `switch` over all of them needs no default. */
function advice(code: BulkErrorCode): string {
  switch (code) {
    case "network":
    case "server":
    case "limit":
    case "timeout":
      return "later";
    case "session":
    case "login":
      return "sign in";
    case "request":
    case "job-failed":
    case "job-aborted":
    case "incomplete":
    case "csv":
    case "record":
    case "response":
      return "look";
    case "used":
    case "internal":
      return "report";
  }
}

try {
  throw new Error();
} catch (error) {
  if (isBulkError(error)) {
    assertType<Equal<typeof error, AnyBulkError>>();
    const failure: BulkError = error;
    failure.toJSON();
    // The code narrows it.
    if (error.code === "incomplete") assertType<Equal<typeof error.expected, number | undefined>>();
    // @ts-expect-error no such failure has a place in CSV
    if (error.code === "network") error.byte;
  }
  if (error instanceof BulkCsvError) assertType<Equal<typeof error.byte, number | undefined>>();
  if (error instanceof BulkError) {
    advice(error.code);
    assertType<Equal<typeof error.outcome, "unknown" | undefined>>();
    // @ts-expect-error it is either unknown or not there
    error.outcome === "stored";
  }
}

// @ts-expect-error not a code
advice("oops");
