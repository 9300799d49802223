/** What tests of Bulk API 1.0 have in common. */

export const CONTENT_TYPES = ["CSV", "JSON", "XML"];
