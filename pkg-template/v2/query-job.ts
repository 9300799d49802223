/** A Bulk API 2.0 query job. */
import type { Client } from "../client/client.ts";
import * as check from "../options/v2.ts";
import { iterate } from "../rows/iterators.ts";
import { rowsOf } from "../rows/transfer.ts";
import type * as declared from "../types/index.d.ts";
import { V2Job } from "./job.ts";
import { openPage, PageSupply } from "./pages.ts";

export class QueryJob extends V2Job implements declared.QueryJob {
  constructor(client: Client, id: string) {
    super(client, "query", id);
  }

  async results<T extends object = Record<string, string>>(
    options?: declared.PageOptions,
  ): Promise<declared.ResultPage<declared.TextRow<T>>> {
    const { page } = await openPage<declared.TextRow<T>>(this.client, this.#page(options));
    return page;
  }

  pages<T extends object = Record<string, string>>(
    options?: declared.PageOptions,
  ): AsyncIterableIterator<declared.ResultPage<declared.TextRow<T>>> {
    return iterate(new PageSupply<declared.TextRow<T>>(this.client, this.#page(options)));
  }

  async resultPages(call?: declared.CallOptions): Promise<string[]> {
    return this.run(check.call(call), (operation) => operation.v2ResultPages(this.id));
  }

  records<T extends object = Record<string, string>>(
    options?: declared.ReadOptions & declared.WaitOptions,
  ): declared.Rows<declared.TextRow<T>> {
    const { poll, ...read } = check.readAndWait(options);
    const attach = () => `bulk.v2.queryJob("${this.id}").records()`;
    const task = this.taskOf({ ...read, attach });
    return rowsOf(this.client, task, (operation) => operation.v2QueryRecords(this.id, poll));
  }

  #page(options: declared.PageOptions | undefined) {
    return { ...this.taskOf(check.page(options)), jobId: this.id };
  }
}
