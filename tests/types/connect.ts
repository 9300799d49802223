/** Making a client. */
import { Bulk, init, type Session } from "salesforce-bulk";
import * as slim from "salesforce-bulk/slim";
import { assertType, type Equal } from "./equal.ts";

const bulk = new Bulk({ instanceUrl: "acme.my.salesforce.com", accessToken: "00D" });
new Bulk({ instanceUrl: new URL("https://acme.my.salesforce.com"), sessionId: "00D" });
new Bulk({ ...bulk.session });
new Bulk({ instanceUrl: "x", accessToken: "y", refresh: async () => "z", retry: { attempts: 1 } });
new Bulk({
  ...bulk.session,
  timeouts: { head: 30_000, idle: 10_000 },
  retry: { attempts: 3, maxDelay: 1000, maxTime: 60_000 },
});

// @ts-expect-error a session needs its org
new Bulk({ accessToken: "00D" });
// @ts-expect-error a misspelt option
new Bulk({ instanceUrl: "x", acessToken: "y" });
// @ts-expect-error a deadline that there is not
new Bulk({ instanceUrl: "x", accessToken: "y", timeouts: { body: 1 } });
// @ts-expect-error a token is a string
new Bulk({ instanceUrl: "x", accessToken: 1 });
// @ts-expect-error the session belongs to the client
bulk.session = { instanceUrl: "x", accessToken: "y", apiVersion: "66.0" };

const connected = Bulk.connect(
  { username: "u", password: "p" },
  { signal: new AbortController().signal },
);
// @ts-expect-error no password
Bulk.connect({ username: "u" });

assertType<Equal<typeof connected, Promise<Bulk>>>();
assertType<Equal<typeof bulk.session, Session>>();
assertType<Equal<ReturnType<typeof init>, Promise<void>>>();

slim.init(fetch("/salesforce_bulk.wasm"));
slim.init(new Uint8Array());
// @ts-expect-error not a place where wasm can be
slim.init(null);
// @ts-expect-error the whole package has its wasm inside
init(new Uint8Array());
