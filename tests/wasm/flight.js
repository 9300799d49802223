/** Stands in for what the package gives to each operation: the server answers as the test says, no timer is long. */
export function flight(behaviour) {
  const calls = [];
  return {
    calls,
    clientId: 1,
    settings: {
      instanceUrl: "https://acme.example",
      apiVersion: "66.0",
      clientName: "tests",
      retry: { attempts: 2, maxDelay: 1 },
      poll: { first: 1, max: 1 },
    },
    send(method, url, headers, body) {
      calls.push({ method, url, headers, body });
      return exchange(answers[behaviour](calls.length));
    },
    timer: (ms) => timer(ms),
    now: () => Date.now(),
    random: () => 0,
    token: async (rejected) => (rejected === undefined ? "TOKEN" : undefined),
    claim: () => true,
    ownership: () => undefined,
    report: () => {},
    rowEffect: () => {},
  };
}

/** An answer is `{ status, headers, pieces, failure }`, or `{ trouble }`, or never comes. */
function exchange({ trouble, never, status = 200, headers = HEADERS, pieces = [], failure }) {
  const left = [...pieces];
  return {
    async head() {
      if (never) await new Promise(() => {});
      if (trouble) throw trouble;
      return { status, filtered: false, headers };
    },
    async read() {
      if (left.length === 0 && failure) throw failure;
      return left.shift();
    },
    close() {},
  };
}

/** What a deadline waits for does not come within a test. */
function timer(ms) {
  return { done: () => (ms > 1000 ? new Promise(() => {}) : Promise.resolve()), clear() {} };
}

const utf8 = new TextEncoder();
const INFO = '{"id":"750x","state":"Open","apiVersion":66.0,"later":{"member":[1,2]}}';
const CSV = utf8.encode('"Id","Name"\n"1","Žofie 🚀"\n"2",""\n');
const HEADERS = "sforce-locator: null\nsforce-numberofrecords: 2";
const lost = (more) => ({ reason: "", notSent: false, misuse: false, cause: undefined, ...more });

const answers = {
  job: () => ({ status: 201, headers: "", pieces: [utf8.encode(INFO)] }),
  page: () => ({ pieces: [CSV] }),
  split: () => ({ pieces: [...CSV].map((byte) => Uint8Array.of(byte)) }),
  cut: (nth) =>
    nth === 1 ? { pieces: [CSV.subarray(0, 15)], failure: lost() } : { pieces: [CSV] },
  nothing: () => ({ trouble: lost() }),
  "an error": () => ({
    trouble: lost({ reason: "TypeError: Failed to fetch", cause: { odd: true } }),
  }),
  "no connection": () => ({ trouble: lost({ reason: "Error: refused", notSent: true }) }),
  misuse: () => ({ trouble: lost({ reason: "fetch cannot be used: none", misuse: true }) }),
  never: () => ({ never: true }),
};

export const callsOf = ({ calls }) => calls;
