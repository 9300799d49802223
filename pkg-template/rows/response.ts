/** Rows as a `Response`: what they are, and the name to save them under. */
import type { RowFeed } from "./row-feed.ts";
import { byteStream } from "./streams.ts";

interface Format {
  readonly type: string;
  readonly extension: string;
}

const CSV: Format = { type: "text/csv; charset=UTF-8", extension: "csv" };
const JSON_ARRAY: Format = { type: "application/json; charset=UTF-8", extension: "json" };
const XML: Format = { type: "application/xml; charset=UTF-8", extension: "xml" };

/** Waits for the first bytes: they show the format, and what fails before them fails here. */
export async function responseOf(feed: RowFeed, name: string | undefined): Promise<Response> {
  const first = await feed.nextBytes();
  const { type, extension } = formatOf(first);
  const file = name ?? `${feed.jobId ?? "rows"}.${extension}`;
  const headers = { "Content-Type": type, "Content-Disposition": disposition(file) };
  return new Response(byteStream(feed, first), { headers });
}

/** As the bodies of Bulk API 1.0 show it, and no other is anything but CSV. */
function formatOf(first: Uint8Array = new Uint8Array()): Format {
  const byte = first.find(
    (byte) => !" \t\r\n\u00ef\u00bb\u00bf".includes(String.fromCharCode(byte)),
  );
  if (byte === "[".charCodeAt(0)) return JSON_ARRAY;
  return byte === "<".charCodeAt(0) ? XML : CSV;
}

/** A header is ASCII: other names have a form of their own (RFC 6266), beside one for those who do not know it. */
function disposition(name: string): string {
  const ascii = name.replace(/[^\x20-\x7e]|["\\%]/g, "_");
  const plain = `attachment; filename="${ascii}"`;
  return ascii === name ? plain : `${plain}; filename*=UTF-8''${encoded(name)}`;
}

function encoded(name: string): string {
  // Half a surrogate pair could not be encoded.
  const whole = name.replace(/[\ud800-\udfff]/gu, "\ufffd");
  return encodeURIComponent(whole).replace(
    /['()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16)}`,
  );
}
