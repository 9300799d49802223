/** CSV → rows. */

import * as check from "../options/csv.ts";
import { Rows } from "../rows/rows.ts";
import { checkCsv } from "../write/source.ts";
import { CsvFeed } from "./feed.ts";
import { arrayRows } from "./row/arrays.ts";
import { lazyRows } from "./row/lazy.ts";

export function parseCsv(source, options) {
  checkCsv(source, "source");
  return new CsvRows(new CsvFeed(source, check.parseCsv(options)));
}

class CsvRows extends Rows {
  #feed;

  /** @param {CsvFeed} feed */
  constructor(feed) {
    super(feed);
    this.#feed = feed;
  }

  get columns() {
    return this.#feed.columns();
  }

  arrays() {
    return shaped(this, arrayRows, false);
  }

  lazy() {
    return shaped(this, lazyRows, true);
  }
}

/** The same rows in another shape, for one reader as before. */
function shaped(rows, shape, keeps) {
  const feed = Rows.take(rows);
  feed.shapeAs(shape, keeps);
  return new Rows(feed);
}
