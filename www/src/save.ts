/** A stream of bytes into a file of the user's. */

/** Somewhere to write to, chosen before the work begins. */
export type Target = (bytes: ReadableStream<Uint8Array>, signal: AbortSignal) => Promise<void>;

/** Chromium's way of writing a file while it comes in; not in every browser's types. */
interface Picker {
  showSaveFilePicker?: (options: object) => Promise<FileSystemFileHandle>;
}

/**
 * Asks where to save; null when the user changed their mind. Call it first thing in a click: browsers ask only on
 * behalf of one.
 */
export async function chooseTarget(name: string): Promise<Target | null> {
  const picker = window as Picker;
  if (!picker.showSaveFilePicker) return download(name);
  const types = [{ description: "CSV", accept: { "text/csv": [".csv"] } }];
  try {
    return toFile(await picker.showSaveFilePicker({ suggestedName: name, types }));
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") return null;
    return download(name);
  }
}

function toFile(handle: FileSystemFileHandle): Target {
  return async (bytes, signal) => bytes.pipeTo(await handle.createWritable(), { signal });
}

/** Everywhere else: the browser keeps the bytes, on disk when they are many, and hands them over at the end. */
function download(name: string): Target {
  return async (bytes) => {
    const type = "text/csv;charset=utf-8";
    const blob = await new Response(bytes, { headers: { "content-type": type } }).blob();
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    // The download has begun by then; revoked at once, some browsers find nothing.
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  };
}

/** The same bytes, counted as they pass. */
export function counting(
  bytes: ReadableStream<Uint8Array>,
  report: (total: number) => void,
): ReadableStream<Uint8Array> {
  let total = 0;
  const counter = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      total += chunk.byteLength;
      report(total);
      controller.enqueue(chunk);
    },
  });
  return bytes.pipeThrough(counter);
}

/** `Contact 2026-11-23.csv` */
export function fileName(subject: string): string {
  return `${subject} ${new Date().toISOString().slice(0, 10)}.csv`;
}
