/**
 * `npm run org -- --port N --contacts 10000`: the org alone, with the page where it has been built.
 *
 * Every other argument goes to the server as it is.
 */
import { startOrgServer } from "./lib/org.mjs";
import { builtPage } from "./lib/page.mjs";

export async function main(args) {
  const { port, contacts, rest } = orgOptions(args);
  console.log("Building the org …");
  const org = await startOrgServer({ port, contacts, www: builtPage(), args: rest });
  for (const url of org.urls) console.log(`listening on ${url}`);
  await org.ended;
}

/** Takes `--port` and `--contacts` out of the arguments. */
export function orgOptions(args) {
  const rest = [...args];
  const take = (name, otherwise) => {
    const at = rest.indexOf(name);
    return at < 0 ? otherwise : rest.splice(at, 2)[1];
  };
  return { port: take("--port", "8080"), contacts: take("--contacts", "10000"), rest };
}
