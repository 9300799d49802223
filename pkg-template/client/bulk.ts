/** The client: whole queries and loads, and the way to the two APIs. */
import { fieldName } from "../options/checks.ts";
import * as check from "../options/client.ts";
import { run } from "../task/task.ts";
import { V1 } from "../v1/v1.ts";
import { V2 } from "../v2/v2.ts";
import { Client } from "./client.ts";
import { load } from "./load.ts";
import { query } from "./query.ts";

export class Bulk {
  #client;
  #v1;
  #v2;

  constructor(options) {
    this.#client = options instanceof Client ? options : Client.of(options);
    this.#v1 = new V1(this.#client);
    this.#v2 = new V2(this.#client);
  }

  static async connect(options, call) {
    const common = check.common(options);
    const login = check.login(options);
    const visitor = Client.signedOut(common);
    const session = await run(visitor, check.call(call), (operation) => operation.login(login));
    return new Bulk(Client.signedIn(session, common));
  }

  get session() {
    return this.#client.session.describe();
  }

  get v1() {
    return this.#v1;
  }

  get v2() {
    return this.#v2;
  }

  query(soql, options) {
    return query(this.#client, "query", soql, options);
  }

  queryAll(soql, options) {
    return query(this.#client, "queryAll", soql, options);
  }

  insert(object, records, options) {
    return load(this.#client, { operation: "insert", object }, records, options);
  }

  update(object, records, options) {
    return load(this.#client, { operation: "update", object }, records, options);
  }

  upsert(object, externalIdFieldName, records, options) {
    fieldName(externalIdFieldName, "externalIdFieldName");
    return load(
      this.#client,
      { operation: "upsert", object, externalIdFieldName },
      records,
      options,
    );
  }

  delete(object, records, options) {
    return load(this.#client, { operation: "delete", object }, records, options);
  }

  hardDelete(object, records, options) {
    return load(this.#client, { operation: "hardDelete", object }, records, options);
  }
}
