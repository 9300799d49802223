/**
 * `npm run org -- --port N --contacts 10000`: the org alone, with the page where it has been built.
 *
 * Without `--port` it takes the first free one from 8080 on. Every other argument goes to the server
 * as it is.
 */
import { startOrgServer } from "./lib/org.mjs";
import { builtPage } from "./lib/page.mjs";
import { choosePort } from "./lib/port.mjs";

export async function main(args) {
  const { port, contacts, rest } = await orgOptions(args);
  console.log("Building the org …");
  const org = await startOrgServer({ port, contacts, www: builtPage(), args: rest });
  for (const url of org.urls) console.log(`listening on ${url}`);
  await org.ended;
}

/** Takes `--port` and `--contacts` out of the arguments, and settles on a port that is free. */
export async function orgOptions(args) {
  // `--port=8081` is `--port 8081`.
  const rest = args.flatMap((arg) => arg.match(/^(--[a-z-]+)=(.*)$/s)?.slice(1) ?? [arg]);
  const take = (name) => {
    const at = rest.indexOf(name);
    return at < 0 ? undefined : rest.splice(at, 2)[1];
  };
  const host = rest.includes("--host") ? rest[rest.indexOf("--host") + 1] : "127.0.0.1";
  return {
    port: await choosePort(take("--port"), host),
    contacts: take("--contacts") ?? "10000",
    rest,
  };
}
