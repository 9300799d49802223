/** Which delimiter a CSV has: whichever of the six its first record has most of. */
import type { CsvIntake } from "#glue";
import type { ColumnDelimiter } from "../options/dialect.ts";
import type { Task } from "../task/task.ts";
import type { Glue } from "../wasm/runtime.ts";
import { attempt } from "./work.ts";

export class DelimiterSniffer {
  readonly #task: Task;
  readonly #intake: CsvIntake;

  constructor(task: Task, glue: Glue) {
    this.#task = task;
    this.#intake = task.own(attempt(task, () => new glue.CsvIntake()));
  }

  /** Looks at some more bytes, or at the end; gives the delimiter once the first record is whole. */
  add(bytes: Uint8Array | undefined): ColumnDelimiter | undefined {
    return attempt(this.#task, () => {
      if (bytes === undefined) this.#intake.finish();
      else this.#intake.push(bytes);
      const found = this.#intake.dialect()?.delimiter;
      return found ?? (bytes === undefined ? "COMMA" : undefined);
    });
  }
}
