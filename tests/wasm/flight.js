/** Stands in for what the package gives to each operation: `fetch` answers as the test says, no timer waits. */
export function flight(behaviour) {
  const calls = [];
  return {
    calls,
    settings: {
      instanceUrl: "https://acme.example",
      apiVersion: "66.0",
      clientName: "tests",
      retry: { attempts: 2, maxDelay: 1 },
      poll: { first: 1, max: 1 },
    },
    fetch(url, init) {
      calls.push({ url, method: init.method, headers: init.headers, body: init.body });
      return answers[behaviour](url, calls.length);
    },
    token: async (rejected) => (rejected === undefined ? "TOKEN" : undefined),
    sleep: async () => {},
    guard: (promise) => promise,
    claim: () => true,
    report: () => {},
  };
}

const INFO = '{"id":"750x","state":"Open","apiVersion":66.0,"later":{"member":[1,2]}}';
const CSV = '"Id","Name"\n"1","Žofie 🚀"\n"2",""\n';
const HEADERS = { "Sforce-Locator": "null", "Sforce-NumberOfRecords": "2" };

const answers = {
  job: async () => new Response(INFO, { status: 201 }),
  page: async () => new Response(CSV, { headers: HEADERS }),
  split: async () => new Response(inPieces(new TextEncoder().encode(CSV)), { headers: HEADERS }),
  empty: async () => new Response(null, { status: 204 }),
  cut: async (_url, nth) => (nth === 1 ? new Response(cutOff()) : new Response(CSV)),
  "no stream": async () => ({
    status: 200,
    type: "basic",
    headers: new Headers(),
    body: null,
    arrayBuffer: async () => new TextEncoder().encode(CSV).buffer,
  }),
  "an error": async () => {
    throw new TypeError("Failed to fetch");
  },
  "a string": () => Promise.reject("text"),
  nothing: () => Promise.reject(null),
  "a plain object": () => Promise.reject({ message: "plain", odd: true }),
  "a throw": () => {
    throw new RangeError("at once");
  },
  garbage: async () => "no response",
  never: () => new Promise(() => {}),
};

/** One byte at a time: every chunk border that there is. */
function inPieces(bytes) {
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at === bytes.length) controller.close();
      else controller.enqueue(bytes.subarray(at, ++at));
    },
  });
}

function cutOff() {
  let sent = false;
  return new ReadableStream({
    pull(controller) {
      if (sent) controller.error(new TypeError("terminated"));
      else controller.enqueue(new TextEncoder().encode(CSV.slice(0, 15)));
      sent = true;
    },
  });
}

export const callsOf = ({ calls }) => calls;
