/** All that can be timed where `contenders` run; each resolves with a table. */
import { read } from "./read.mjs";
import { schemas } from "./schemas.mjs";
import { split } from "./split.mjs";
import { write } from "./write.mjs";

export const suites = { read, schemas, split, write };
