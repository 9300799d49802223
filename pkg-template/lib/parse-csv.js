/** CSV → rows. */
import { arrayRows } from "./cells.js";
import { CsvFeed } from "./csv-feed.js";
import { lazyRows } from "./lazy.js";
import * as check from "./options.js";
import { Rows } from "./rows.js";
import { checkCsv } from "./source.js";

export function parseCsv(source, options) {
  return new CsvRows(new CsvFeed(checkCsv(source, "source"), check.parseCsv(options)));
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
