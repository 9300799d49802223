/** Where rows go when they have been read. */

/** Counts rows and drops them; one cell in a while is read, so that no engine can leave rows out. */
export class Tally {
  count = 0;
  length = 0;
  last = null;
  #column;

  constructor(column) {
    this.#column = column;
  }

  rows(rows) {
    if (rows.length === 0) return;
    this.count += rows.length;
    this.length += rows[0][this.#column]?.length ?? 0;
    this.last = rows[0];
  }

  row(row) {
    this.count++;
    this.last = row;
  }
}

/** Keeps all rows. */
export class Collector {
  all = [];
  length = 0;

  rows(rows) {
    for (const row of rows) this.all.push(row);
  }

  row(row) {
    this.all.push(row);
  }
}
