/** CSV → rows. */

import * as options from "../options/csv.ts";
import { Rows } from "../rows/rows.ts";
import type * as declared from "../types/index.d.ts";
import { checkCsv } from "../write/source.ts";
import { CsvFeed } from "./feed.ts";

export function parseCsv<T extends object = Record<string, string>>(
  source: declared.CsvSource,
  given?: declared.ParseCsvOptions,
): declared.Rows<declared.TextRow<T>> {
  checkCsv(source, "source");
  return new Rows<declared.TextRow<T>>(new CsvFeed(source, options.parseCsv(given)));
}
