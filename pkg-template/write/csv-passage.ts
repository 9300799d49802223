/** CSV that is sent as it is, but for what would break it: a byte order mark, mixed line ends. */
import type { CsvIntake } from "#glue";
import { attempt } from "../csv/work.ts";
import { bulkError } from "../errors.ts";
import type { Task } from "../task/task.ts";
import type { Glue } from "../wasm/runtime.ts";
import { checkIdHeader } from "./id-only.ts";
import type { RequestBody } from "./request-body.ts";
import { Utf16Check } from "./utf16.ts";

/** How CSV is written, in Salesforce's words. */
export interface Dialect {
  readonly delimiter: string;
  readonly lineEnding: string;
}

interface KnownDialect extends Dialect {
  readonly header: readonly string[];
}

export class CsvPassage {
  readonly #task: Task;
  readonly #body: RequestBody;
  readonly #intake: CsvIntake;
  readonly #utf16 = new Utf16Check();
  readonly #idOnly: boolean;
  #dialect: KnownDialect | undefined;

  /** What of the dialect is not given is found out. */
  constructor(
    task: Task,
    glue: Glue,
    body: RequestBody,
    {
      idOnly,
      delimiter,
      lineEnding,
    }: { idOnly: boolean } & { [Part in keyof Dialect]?: string | undefined },
  ) {
    this.#task = task;
    this.#body = body;
    this.#idOnly = idOnly;
    this.#intake = task.own(attempt(task, () => new glue.CsvIntake(delimiter, lineEnding)));
  }

  add(bytes: Uint8Array): void {
    this.#utf16.add(bytes);
    this.#body.add(attempt(this.#task, () => this.#intake.push(bytes)));
    this.#look();
  }

  finish(): Dialect | undefined {
    this.#utf16.finish();
    const rest = this.#task.own(attempt(this.#task, () => this.#intake.finish()));
    this.#look();
    this.#body.add(rest.bytes);
    this.#body.count(rest.records);
    return this.#dialect;
  }

  /** At the header, once it is there. */
  #look(): void {
    if (this.#dialect !== undefined) return;
    this.#dialect = attempt(this.#task, () => this.#intake.dialect());
    const header = this.#dialect?.header ?? [];
    checkNames(header);
    if (this.#idOnly) checkIdHeader(header);
  }
}

/** Which of two columns of one name Salesforce would take is not said anywhere. */
function checkNames(header: readonly string[]): void {
  const seen = new Set<string>();
  for (const [at, field] of header.entries()) {
    if (seen.has(field)) {
      throw bulkError(
        "csv",
        `The header names the column "${field}" twice: leave one of them out.`,
        {
          row: 1,
          column: at + 1,
          field,
        },
      );
    }
    seen.add(field);
  }
}
