/** The client: whole queries and loads, and the way to the two APIs. */
import type { Operation } from "#glue";
import { fieldName } from "../options/checks.ts";
import * as check from "../options/client.ts";
import { run } from "../task/task.ts";
import type * as declared from "../types/index.d.ts";
import { V1 } from "../v1/v1.ts";
import { V2 } from "../v2/v2.ts";
import { Client, type SignedIn } from "./client.ts";
import { load } from "./load.ts";
import { query } from "./query.ts";

export class Bulk implements declared.Bulk {
  readonly #client: Client;
  readonly #v1: V1;
  readonly #v2: V2;

  /** From within, with a client that is there already. */
  constructor(options: declared.BulkOptions | Client) {
    this.#client = options instanceof Client ? options : Client.of(options);
    this.#v1 = new V1(this.#client);
    this.#v2 = new V2(this.#client);
  }

  static async connect(
    options: declared.ConnectOptions,
    call?: declared.CallOptions,
  ): Promise<Bulk> {
    const login = check.login(options);
    const common = check.common(options);
    const visitor = Client.signedOut(common);
    const action = (operation: Operation): Promise<SignedIn> => operation.login(login);
    return new Bulk(Client.signedIn(await run(visitor, check.call(call), action), common));
  }

  get session(): declared.Session {
    return this.#client.session.describe();
  }

  get v1(): declared.V1 {
    return this.#v1;
  }

  get v2(): declared.V2 {
    return this.#v2;
  }

  query<T extends object = Record<string, string>>(
    soql: string,
    options?: declared.QueryOptions,
  ): declared.Rows<declared.TextRow<T>> {
    return query(this.#client, "query", soql, options);
  }

  queryAll<T extends object = Record<string, string>>(
    soql: string,
    options?: declared.QueryOptions,
  ): declared.Rows<declared.TextRow<T>> {
    return query(this.#client, "queryAll", soql, options);
  }

  insert(object: string, records: declared.Source, options?: declared.LoadOptions): declared.Load {
    return load(this.#client, { operation: "insert", object }, records, options);
  }

  update(object: string, records: declared.Source, options?: declared.LoadOptions): declared.Load {
    return load(this.#client, { operation: "update", object }, records, options);
  }

  upsert(
    object: string,
    externalIdFieldName: string,
    records: declared.Source,
    options?: declared.LoadOptions,
  ): declared.Load {
    fieldName(externalIdFieldName, "externalIdFieldName");
    const job = { operation: "upsert", object, externalIdFieldName } as const;
    return load(this.#client, job, records, options);
  }

  delete(object: string, records: declared.Source, options?: declared.LoadOptions): declared.Load {
    return load(this.#client, { operation: "delete", object }, records, options);
  }

  hardDelete(
    object: string,
    records: declared.Source,
    options?: declared.LoadOptions,
  ): declared.Load {
    return load(this.#client, { operation: "hardDelete", object }, records, options);
  }
}
