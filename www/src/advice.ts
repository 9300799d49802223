/** What each kind of failure means to someone in front of this page, and what to do about it. */
import type { BulkError, BulkErrorCode } from "salesforce-bulk";

export interface Advice {
  title: string;
  next: string;
}

const advice: Record<BulkErrorCode, Advice> = {
  network: {
    title: "No answer from the org",
    next: "Check the address and your connection. If both are right, the org does not let this page in.",
  },
  session: {
    title: "The session is not valid",
    next: "It has expired or was mistyped: connect with a new one.",
  },
  login: {
    title: "Salesforce refused the sign-in",
    next: "Check the user name, the password and the security token.",
  },
  request: {
    title: "Salesforce refused the request",
    next: "Correct what Salesforce names, and try again.",
  },
  server: {
    title: "Salesforce had a fault of its own",
    next: "Try again in a moment; status.salesforce.com tells of trouble.",
  },
  limit: {
    title: "A limit is reached",
    next: "Wait until it is lifted (most are counted over 24 hours), or send less at once.",
  },
  "job-failed": {
    title: "The job failed",
    next: "Correct what Salesforce names, and run it again.",
  },
  "job-aborted": {
    title: "The job was aborted",
    next: "Someone stopped it in Setup or by the API. Run it again.",
  },
  incomplete: {
    title: "Not every row arrived",
    next: "Do not use what came: run it again.",
  },
  csv: {
    title: "That is not CSV that can be read",
    next: "Correct the file at the place named, and choose it again.",
  },
  record: {
    title: "A record cannot be written",
    next: "Correct the value at the place named.",
  },
  response: {
    title: "The answer cannot be understood",
    next: "Is the address that of a Salesforce org, and does nothing between here and there change the answers?",
  },
  timeout: {
    title: "It took too long",
    next: "The job goes on: Setup → Bulk Data Load Jobs shows it.",
  },
  used: {
    title: "These rows were read before",
    next: "Run it again.",
  },
  internal: {
    title: "A fault in salesforce-bulk",
    next: "Please report it, with the details below.",
  },
};

/** For anything that the library did not make, such as a wrong argument or a full disk. */
const other: Advice = { title: "That did not work", next: "" };

/** Whatever went wrong: who loads again without a look may have every row twice. */
const look =
  "Rows may be stored already: look at the job in Setup → Bulk Data Load Jobs before you load them again.";

export function adviceFor(error: BulkError | undefined): Advice {
  const known = (error && advice[error.code]) ?? other;
  return error?.outcome === "unknown" ? { ...known, next: look } : known;
}
