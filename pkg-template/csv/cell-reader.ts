/** CSV from its source, piece by piece: decoded to cells, or as the bytes that it is. */
import type { CsvReader } from "#glue";
import { concatenated } from "../bytes.ts";
import type { ParseCsv } from "../options/csv.ts";
import type { ColumnDelimiter } from "../options/dialect.ts";
import { Yielder } from "../task/yielding.ts";
import type { Cells } from "./row/cells.ts";
import { DelimiterSniffer } from "./sniff.ts";
import { attempt, type Begun, step, type Work } from "./work.ts";

/**
 * So many bytes are decoded at a time. Fewer cost more calls; of more the rows do not stay in the processor's cache, and
 * a cell that is kept keeps that much text alive.
 */
const PIECE = 1 << 16;

/** How far reading has come. What was decoded before a failure is good. */
type State =
  | { readonly is: "reading" }
  | { readonly is: "ended" }
  /** `bySource`: it was the source that failed, not what it gave. */
  | { readonly is: "failed"; readonly error: unknown; readonly bySource: boolean };

/** The bytes that were read to find the delimiter; none where there are none. */
interface Sniffed {
  readonly piece: Uint8Array | undefined;
  readonly delimiter: ColumnDelimiter;
}

export class CellReader {
  readonly #work: Work<Uint8Array>;
  readonly #options: ParseCsv;
  readonly #turns = new Yielder();
  #state: State = { is: "reading" };
  #decoder: CsvReader | undefined;
  #header: string[] | undefined;
  /** What of the source's last chunk has not been decoded. */
  #rest: Uint8Array | undefined;
  /** Cells that have not been taken. */
  #ready: Cells | undefined;
  #pulling: Promise<void> | undefined;
  /** The chunks that were decoded so far, while somebody may still want them as bytes. */
  #decoded: Uint8Array[] | undefined = [];
  #bounds = new Int32Array(0);
  /** Whether rows go on reading the bounds of their chunk. */
  keepsBounds = false;

  constructor(work: Work<Uint8Array>, options: ParseCsv) {
    this.#work = work;
    this.#options = options;
  }

  get state(): State {
    return this.#state;
  }

  /** The names of the columns, once they are known. */
  get header(): string[] | undefined {
    return this.#header;
  }

  /** Nobody wants bytes any more: rows are read. */
  forgetBytes(): void {
    this.#decoded = undefined;
  }

  /** The cells that were decoded since the last time, once there are some; undefined at the end, and before a failure. */
  async nextCells(): Promise<Cells | undefined> {
    while (this.#ready === undefined && this.#state.is === "reading") await this.pull();
    const cells = this.#ready;
    this.#ready = undefined;
    return cells;
  }

  /** The next bytes of the source, those first that were decoded already; undefined at the end. */
  async nextBytes(): Promise<Uint8Array | undefined> {
    await this.#pulling;
    const decoded = this.#decoded?.shift();
    if (decoded !== undefined) return decoded;
    if (this.#state.is === "failed" && this.#state.bySource) throw this.#state.error;
    return nextChunk(await this.#work.begin());
  }

  /** Decodes one piece. Who asks for rows and who asks for columns wait for the same one. */
  pull(): Promise<void> {
    this.#pulling ??= this.#pullOnce().finally(() => {
      this.#pulling = undefined;
    });
    return this.#pulling;
  }

  async #pullOnce(): Promise<void> {
    try {
      const begun = await this.#work.begin();
      await this.#turns.yieldIfDue();
      begun.task.proceed();
      const piece = await (this.#decoder === undefined
        ? this.#open(begun)
        : this.#nextPiece(begun));
      this.#decode(begun, piece);
    } catch (error) {
      this.#state = { is: "failed", error, bySource: true };
    }
  }

  /** Undefined at the end. */
  async #nextPiece(begun: Begun<Uint8Array>): Promise<Uint8Array | undefined> {
    let chunk = this.#rest;
    if (chunk === undefined) {
      chunk = await nextChunk(begun);
      if (chunk !== undefined) this.#decoded?.push(chunk.slice());
    }
    this.#rest = chunk !== undefined && chunk.length > PIECE ? chunk.subarray(PIECE) : undefined;
    return chunk?.subarray(0, PIECE);
  }

  /** Makes the decoder, and gives what it is to decode first. */
  async #open(begun: Begun<Uint8Array>): Promise<Uint8Array | undefined> {
    const { task, glue } = begun;
    const { delimiter: wanted, ...options } = this.#options;
    const { piece, delimiter } =
      wanted === "auto"
        ? await this.#sniff(begun)
        : { piece: await this.#nextPiece(begun), delimiter: wanted };
    const make = () => new glue.CsvReader({ ...options, delimiter });
    this.#decoder = task.own(attempt(task, make));
    return piece;
  }

  /** Reads until the first record is whole, which tells the delimiter. */
  async #sniff(begun: Begun<Uint8Array>): Promise<Sniffed> {
    const sniffer = new DelimiterSniffer(begun.task, begun.glue);
    const pieces: Uint8Array[] = [];
    for (;;) {
      const piece = await this.#nextPiece(begun);
      if (piece !== undefined) pieces.push(piece);
      const delimiter = sniffer.add(piece);
      if (delimiter !== undefined)
        return { piece: pieces.length > 0 ? concatenated(pieces) : undefined, delimiter };
    }
  }

  /** A fault lies behind the rows that came with it, so those are taken all the same. */
  #decode({ task, cursor }: Begun<Uint8Array>, piece: Uint8Array | undefined): void {
    const decoder = this.#decoder;
    if (decoder === undefined) return;
    try {
      if (piece === undefined) this.#finish(decoder);
      else decoder.push(piece);
    } catch (fault) {
      const error = task.error(fault);
      this.#state = { is: "failed", error, bySource: false };
      cursor.close(error);
    }
    attempt(task, () => {
      this.#header ??= decoder.header() ?? undefined;
      this.#ready = this.#take(decoder);
    });
  }

  #finish(decoder: CsvReader): void {
    this.#state = { is: "ended" };
    decoder.finish();
  }

  /** The rows so far. Their bounds are written over the last ones where no row is left to read those. */
  #take(decoder: CsvReader): Cells | undefined {
    const waiting = decoder.waiting();
    if (waiting === 0) return undefined;
    if (this.keepsBounds || this.#bounds.length < waiting) this.#bounds = new Int32Array(waiting);
    const bounds = this.#bounds.subarray(0, waiting);
    const { ascii, wide } = decoder.take(bounds);
    return { ascii, wide, bounds };
  }
}

/** Undefined at the end. */
async function nextChunk({ task, cursor }: Begun<Uint8Array>): Promise<Uint8Array | undefined> {
  const { done, value } = await step(task, cursor);
  return done ? undefined : value;
}
